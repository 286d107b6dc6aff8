/* Tests of chapter 02.  The first example of each function is worked by
 * hand in the lesson; the others are there so that it cannot be typed in.
 */
#include "logreg.h"
#include "test.h"

#include <fenv.h>
#include <math.h>

/* --- Fixtures --- */

/* The loans of section 2.1: income and debt, paid back or not. */
#define LOANS given("X", MATRIX(4, 2, 2, 1, 1, 3, 3, 1, 1, 2))
#define PAID given("y", MATRIX(4, 1, 1, -1, 1, -1))

/* The hours of section 2.5, and who passed. */
#define HOURS given("X", MATRIX(4, 1, 1, 3, 6, 5))
#define PASSED given("y", MATRIX(4, 1, 0, 1, 1, 1))

static linreg used_model(matrix w, real b)
{
    return (linreg){ used("model.w", w), given_number("model.b", b) };
}

static linreg any_model(size_t n)
{
    return (linreg){ any_matrix("model.w", n, 1),
                     any_number("model.b", 1, 2) };
}

/* A gradient nobody has written to yet. */
static linreg fresh_gradient(size_t n)
{
    linreg grad = { output("grad.w", n, 1), 0 };
    matrix b = output("grad.b", 1, 1);
    grad.b = at(b, 0, 0);
    return grad;
}

static counts given_counts(size_t tp, size_t fp, size_t fn, size_t tn)
{
    given_number("c.true_positive", tp);
    given_number("c.false_positive", fp);
    given_number("c.false_negative", fn);
    given_number("c.true_negative", tn);
    return (counts){ tp, fp, fn, tn };
}

/* --- perceptron_step --- */

TEST(perceptron_step, of_the_worked_example, 1,
     "Start from 0: the score is 0 and not larger.  Is that right or "
     "wrong by (2.2)?")
{
    linreg model = used_model(MATRIX(2, 1, 0, 0), 0);
    matrix first = given("first", MATRIX(2, 1, 2, 1));
    expect(perceptron_step(&model, first, 1), true);
    expect(model.w, MATRIX(2, 1, 2, 1));
    expect(model.b, 1);
    matrix second = given("second", MATRIX(2, 1, 1, 3));
    expect(perceptron_step(&model, second, -1), true);
    expect(model.w, MATRIX(2, 1, 1, -2));
    expect(model.b, 0);
    matrix third = given("third", MATRIX(2, 1, 3, 1));
    expect(perceptron_step(&model, third, 1), false);
    expect(model.w, MATRIX(2, 1, 1, -2));
    expect(model.b, 0);
}

TEST(perceptron_step, leaves_what_is_right, 2,
     "The example is on the right side.  What is there to learn from it?")
{
    linreg model = used_model(MATRIX(3, 1, 0.5, -2, 1.5), 0.25);
    matrix x = given("x", MATRIX(3, 1, 2, 3, -0.5));
    expect(perceptron_step(&model, x, -1), false);
    expect(model.w, MATRIX(3, 1, 0.5, -2, 1.5));
    expect(model.b, 0.25);
}

TEST(perceptron_step, moves_where_it_is_wrong, 2,
     "By (2.2), what is added for an example of label -1?")
{
    matrix x = any_matrix("x", 3, 1);
    linreg one = used_model(MATRIX(3, 1, 0, 0, 0), -0.75);
    linreg two = used_model(MATRIX(3, 1, 0, 0, 0), 0.5);
    for (size_t j = 0; j < 3; j++) {
        at(one.w, j, 0) = -at(x, j, 0) / 4;
        at(two.w, j, 0) = at(x, j, 0) / 4;
    }
    expect(perceptron_step(&one, x, 1), true);
    expect_reference(one.w);
    expect_reference(one.b);
    expect(perceptron_step(&two, x, -1), true);
    expect_reference(two.w);
    expect_reference(two.b);
}

TEST(perceptron_step, counts_the_bias, 1,
     "w . x alone has one sign, w . x + b the other.  Which is the score?")
{
    linreg model = used_model(MATRIX(2, 1, 1, -1), -3.5);
    matrix x = given("x", MATRIX(2, 1, 4, 1.5));
    expect(perceptron_step(&model, x, 1), true);
    expect(model.w, MATRIX(2, 1, 5, 0.5));
    expect(model.b, -2.5);
    linreg right = used_model(MATRIX(2, 1, 1, -1), -3.5);
    expect(perceptron_step(&right, x, -1), false);
    expect(right.w, MATRIX(2, 1, 1, -1));
}

/* --- perceptron_fit --- */

TEST(perceptron_fit, of_the_worked_example, 2,
     "The lesson has the table: how many moves in each pass, and which "
     "pass is the last?")
{
    linreg model = used_model(MATRIX(2, 1, 0, 0), 0);
    matrix X = LOANS, y = PAID, mistakes = output("mistakes", 4, 1);
    expect(perceptron_fit(&model, mistakes, X, y), 4);
    expect(model.w, MATRIX(2, 1, 4, -3));
    expect(model.b, 1);
    expect(mistakes, MATRIX(4, 1, 2, 2, 1, 0));
}

TEST(perceptron_fit, stops_after_a_pass_without_a_move, 2,
     "What becomes of the rows of mistakes that belong to passes never "
     "made?")
{
    linreg model = used_model(MATRIX(2, 1, 0, 0), 0);
    matrix X = LOANS, y = PAID;
    matrix mistakes =
        used("mistakes", MATRIX(7, 1, -7, -7, -7, -7, -7, -7, -7));
    expect(perceptron_fit(&model, mistakes, X, y), 4);
    expect(model.w, MATRIX(2, 1, 4, -3));
    expect(mistakes, MATRIX(7, 1, 2, 2, 1, 0, -7, -7, -7));

    linreg done = used_model(MATRIX(2, 1, 4, -3), 1);
    matrix again = used("again", MATRIX(3, 1, -7, -7, -7));
    expect(perceptron_fit(&done, again, X, y), 1);
    expect(again, MATRIX(3, 1, 0, -7, -7));
    expect(done.w, MATRIX(2, 1, 4, -3));
    expect(done.b, 1);
}

TEST(perceptron_fit, stops_after_the_last_row, 2,
     "No line separates these five.  After how many passes do you give up?")
{
    linreg model = used_model(MATRIX(2, 1, 0.5, -0.25), 0.125);
    matrix X = given("X", MATRIX(5, 2, 1, 1, -1, -1, 1, -1, -1, 1, 3, 2));
    matrix y = given("y", MATRIX(5, 1, 1, 1, -1, -1, 1));
    matrix mistakes = output("mistakes", 6, 1);
    expect(perceptron_fit(&model, mistakes, X, y), 6);
    expect_reference(mistakes);
    expect_reference(model.w);
    expect_reference(model.b);
}

TEST(perceptron_fit, of_any_data, 2,
     "In what order do the examples come, and where does the model start?")
{
    matrix X = any_matrix("X", 7, 3);
    matrix y = given("y", MATRIX(7, 1, 1, -1, -1, 1, -1, 1, 1));
    linreg model = used_model(MATRIX(3, 1, 1.5, -0.25, 0.75), -0.5);
    matrix mistakes = used("mistakes", MATRIX(5, 1, 9, 8, 7, 9, 8));
    expect_reference(perceptron_fit(&model, mistakes, X, y));
    expect_reference(mistakes);
    expect_reference(model.w);
    expect_reference(model.b);
}

/* --- sigmoid --- */

TEST(sigmoid, of_the_worked_example, 1,
     "A score of ln 3 means odds of 3 to 1.  Which probability is that?")
{
    expect(sigmoid(0), 0.5);
    expect(sigmoid(1.0986122886681098), 0.75);
    expect(sigmoid(-1.0986122886681098), 0.25);
}

TEST(sigmoid, of_any_score, 2,
     "Does sigma(z) grow with z?  Is sigma(-z) what is missing to 1?")
{
    real z = any_number("z", 0.5, 4), u = any_number("u", -4, -0.5);
    expect_reference(sigmoid(z));
    expect_reference(sigmoid(u));
    expect(sigmoid(z) + sigmoid(-z), 1);
    expect(sigmoid(u) + sigmoid(-u), 1);
}

TEST(sigmoid, of_huge_scores, 2,
     "exp(710) is more than a double can hold.  Which exponent stays "
     "small, for z > 0 and for z < 0?")
{
    expect(sigmoid(800), 1);
    expect(sigmoid(-800), 0);
    expect(sigmoid(1e4), 1);
    expect(sigmoid(-1e4), 0);
    expect(sigmoid(1e300), 1);
    expect(sigmoid(-1e300), 0);
}

TEST(sigmoid, raises_no_overflow, 2,
     "The answer 0 is right, but an exponential on the way was infinite.  "
     "Which, and for which sign of z?")
{
    bool overflow[4] = { false };
    const real z[4] = { 800, -800, 1e300, -1e300 };
    for (int k = 0; k < 4; k++) {
        real p = 0;
        feclearexcept(FE_ALL_EXCEPT);
        call(p = sigmoid(z[k]));
        overflow[k] = fetestexcept(FE_OVERFLOW) != 0;
        expect(p, k % 2 == 0);
    }
    feclearexcept(FE_ALL_EXCEPT);
    expect(overflow[0], false);
    expect(overflow[1], false);
    expect(overflow[2], false);
    expect(overflow[3], false);
}

TEST(sigmoid, keeps_the_digits_of_small_answers, 1,
     "sigma(-40) is about exp(-40).  What is 1 - sigma(40) in a double?")
{
    expect(sigmoid(-40) * 1e18, 4.248354255291589);
    expect(sigmoid(-500) / exp(-500), 1);
}

/* --- log1p_exp --- */

TEST(log1p_exp, of_the_worked_example, 1,
     "exp(ln 3) is 3.  What is ln(1 + 3)?")
{
    expect(log1p_exp(0), 0.69314718055994531);
    expect(log1p_exp(1.0986122886681098), 1.3862943611198906);
    expect(log1p_exp(-1.0986122886681098), 0.28768207245178090);
}

TEST(log1p_exp, of_any_score, 2,
     "ln(1 + exp(z)) - ln(1 + exp(-z)) is z, for every z.  Is yours?")
{
    real z = any_number("z", 0.5, 5), u = any_number("u", -5, -0.5);
    expect_reference(log1p_exp(z));
    expect_reference(log1p_exp(u));
    expect(log1p_exp(z) - log1p_exp(-z), z);
}

TEST(log1p_exp, of_huge_scores, 2,
     "If exp(z) is far larger than 1, what is ln(1 + exp(z)) nearly?")
{
    expect(log1p_exp(50), 50);
    expect(log1p_exp(800), 800);
    expect(log1p_exp(1e4), 1e4);
    expect(log1p_exp(1e300) / 1e300, 1);
    expect(log1p_exp(-800), 0);
    expect(log1p_exp(-1e300), 0);
}

TEST(log1p_exp, keeps_the_digits_of_small_answers, 2,
     "1 + exp(-40) is 1 in a double.  Which function of math.h takes a "
     "logarithm without that sum?")
{
    expect(log1p_exp(-40) * 1e18, 4.248354255291589);
    expect(log1p_exp(-20) * 1e9, 2.061153620314381);
}

/* --- bce_from_logits --- */

TEST(bce_from_logits, of_the_worked_example, 1,
     "What does each of the three cost: ln 4/3, ln 2, ln 4?")
{
    matrix z = given(
        "z", MATRIX(3, 1, 1.0986122886681098, 0, -1.0986122886681098));
    matrix y = given("y", MATRIX(3, 1, 1, 0, 1));
    expect(bce_from_logits(z, y), 0.789041204710539);
}

TEST(bce_from_logits, of_no_information, 1,
     "With every score 0, every probability is 1/2, whatever the labels.")
{
    matrix z = given("z", MATRIX(5, 1, 0, 0, 0, 0, 0));
    matrix y = given("y", MATRIX(5, 1, 0, 1, 1, 0, 0.25));
    expect(bce_from_logits(z, y), 0.69314718055994531);
}

TEST(bce_from_logits, of_any_data, 2,
     "Which number do you divide by, and what is the sign of a loss?")
{
    matrix z = any_matrix("z", 7, 1);
    matrix y = given("y", MATRIX(7, 1, 0, 1, 1, 0, 1, 0, 0));
    expect_reference(bce_from_logits(z, y));
}

TEST(bce_from_logits, of_labels_in_between, 1,
     "(2.10) does not ask whether y is 0 or 1.  Does your code?")
{
    matrix z = any_matrix("z", 5, 1);
    matrix y = given("y", MATRIX(5, 1, 0.2, 0.7, 0.35, 0.9, 0.05));
    expect_reference(bce_from_logits(z, y));
}

TEST(bce_from_logits, of_sure_and_right, 2,
     "A huge score on the right side costs next to nothing: not inf, and "
     "not nan.")
{
    matrix z = given("z", MATRIX(5, 1, 1e4, -1e4, 800, -800, -50));
    matrix y = given("y", MATRIX(5, 1, 1, 0, 1, 0, 0));
    expect(bce_from_logits(z, y), 0);
    matrix far = given("far", MATRIX(3, 1, 1e300, -1e300, -1e300));
    matrix label = given("label", MATRIX(3, 1, 1, 0, 0));
    expect(bce_from_logits(far, label), 0);
}

TEST(bce_from_logits, of_sure_and_wrong, 2,
     "p is 0 where y is 1, and ln 0 is infinite; but what is "
     "ln(1 + exp(z)) - y z at z = -800?")
{
    matrix z = given("z", MATRIX(3, 1, -800, 50, 37));
    matrix y = given("y", MATRIX(3, 1, 1, 0, 0));
    expect(bce_from_logits(z, y), 887.0 / 3);
    matrix up = given("up", MATRIX(1, 1, 1e4));
    matrix zero = given("zero", MATRIX(1, 1, 0));
    expect(bce_from_logits(up, zero), 1e4);
    matrix down = given("down", MATRIX(1, 1, -1e4));
    matrix one = given("one", MATRIX(1, 1, 1));
    expect(bce_from_logits(down, one), 1e4);
    matrix far = given("far", MATRIX(3, 1, 1e300, -1e300, 1e300));
    matrix label = given("label", MATRIX(3, 1, 0.75, 1, 0.5));
    expect(bce_from_logits(far, label) / 1e300, 1.75 / 3);
}

/* --- logreg_predict_proba --- */

TEST(logreg_predict_proba, of_the_worked_example, 1,
     "The scores are 0.75, 2.05, 4 and 3.35.  Which probabilities?")
{
    linreg model = { given("model.w", MATRIX(1, 1, 0.65)),
                     given_number("model.b", 0.1) };
    matrix X = HOURS, p = output("p", 4, 1);
    call(logreg_predict_proba(p, model, X));
    expect(p, MATRIX(4, 1, 0.6791786991753930, 0.8859476187202091,
                     0.9820137900379085, 0.9661048358408219));
}

TEST(logreg_predict_proba, of_any_data, 2,
     "Does it hold for every number of examples and features?")
{
    linreg model = any_model(3);
    matrix X = any_matrix("X", 7, 3);
    matrix p = used("p", MATRIX(7, 1, 9, -9, 9, 7, 8, 5, -3));
    call(logreg_predict_proba(p, model, X));
    expect_reference(p);
}

TEST(logreg_predict_proba, of_huge_scores, 1,
     "Do you use your own sigmoid, the one that is right for every z?")
{
    linreg model = { given("model.w", MATRIX(2, 1, 300, -200)),
                     given_number("model.b", 50) };
    matrix X = given("X", MATRIX(3, 2, 5, -3, -4, 2, 0.5, 1));
    matrix p = output("p", 3, 1);
    call(logreg_predict_proba(p, model, X));
    expect(p, MATRIX(3, 1, 1, 0, 0.5));
}

/* --- logreg_gradient --- */

TEST(logreg_gradient, of_the_worked_example, 1,
     "With w = 0 and b = 0 each p is 0.5.  Which four errors is that?")
{
    linreg model = { given("model.w", MATRIX(1, 1, 0)),
                     given_number("model.b", 0) };
    matrix X = HOURS, y = PASSED;
    linreg grad = fresh_gradient(1);
    call(logreg_gradient(&grad, model, X, y));
    expect(grad.w, MATRIX(1, 1, -1.625));
    expect(grad.b, -0.25);
}

TEST(logreg_gradient, of_any_data, 3,
     "Error times input, and the mean of it: is that all you multiply?")
{
    linreg model = any_model(3);
    matrix X = any_matrix("X", 5, 3);
    matrix y = given("y", MATRIX(5, 1, 0, 1, 1, 0, 0));
    linreg grad = fresh_gradient(3);
    call(logreg_gradient(&grad, model, X, y));
    expect_reference(grad.w);
    expect_reference(grad.b);
}

TEST(logreg_gradient, a_second_time, 1,
     "What does grad hold when the function is called again?")
{
    linreg model = any_model(2);
    matrix X = any_matrix("X", 7, 2);
    matrix y = given("y", MATRIX(7, 1, 1, 1, 0, 1, 0.25, 1, 0));
    linreg grad = { used("grad.w", MATRIX(2, 1, 100, -50)), 25 };
    call(logreg_gradient(&grad, model, X, y));
    expect_reference(grad.w);
    expect_reference(grad.b);
}

/* Numbers, not the student's own loss: each function answers for itself. */
TEST(logreg_gradient, is_the_slope_of_the_loss, 2,
     "Move one weight a little.  By how much does the loss (2.10) change?")
{
    linreg model = any_model(2);
    matrix X = any_matrix("X", 5, 2);
    matrix y = given("y", MATRIX(5, 1, 1, 0, 0.3, 1, 0));
    linreg grad = fresh_gradient(2);
    call(logreg_gradient(&grad, model, X, y));

    const real h = 1e-5;
    matrix slope = matrix_new(3, 1);
    for (size_t j = 0; j < 3; j++) {
        real loss[2] = { 0 };
        for (int side = 0; side < 2; side++) {
            real move = side ? h : -h, sum = 0;
            for (size_t i = 0; i < 5; i++) {
                real z = model.b + (j == 2 ? move : 0);
                for (size_t k = 0; k < 2; k++)
                    z += at(X, i, k) *
                         (at(model.w, k, 0) + (j == k ? move : 0));
                sum += log(1 + exp(z)) - at(y, i, 0) * z;
            }
            loss[side] = sum / 5;
        }
        at(slope, j, 0) = (loss[1] - loss[0]) / (2 * h);
    }
    expect_within(1e-7, grad.w, matrix_rows(slope, 0, 2));
    expect_within(1e-7, grad.b, at(slope, 2, 0));
    matrix_free(&slope);
}

TEST(logreg_gradient, where_it_is_sure_and_wrong, 2,
     "p is 1 and y is 0: the error is 1, however sure the model is.  What "
     "have you multiplied it by?")
{
    linreg model = { given("model.w", MATRIX(2, 1, 250, -300)),
                     given_number("model.b", 20) };
    matrix X = given("X", MATRIX(3, 2, 4, -1.5, -3, 2, 5, 0.5));
    matrix y = given("y", MATRIX(3, 1, 0, 1, 1));
    linreg grad = fresh_gradient(2);
    call(logreg_gradient(&grad, model, X, y));
    expect(grad.w, MATRIX(2, 1, 7.0 / 3, -3.5 / 3));
    expect(grad.b, 0);
}

/* --- logreg_fit --- */

TEST(logreg_fit, of_one_step, 1,
     "The loss in the trace is the one after the step: which model does it "
     "belong to?")
{
    linreg model = used_model(MATRIX(1, 1, 0), 0);
    matrix X = HOURS, y = PASSED, losses = output("losses", 1, 1);
    call(logreg_fit(&model, losses, X, y, 0.4));
    expect(model.w, MATRIX(1, 1, 0.65));
    expect(model.b, 0.1);
    expect(losses, MATRIX(1, 1, 0.3276503275459358));
}

TEST(logreg_fit, of_many_steps_on_any_data, 2,
     "How often is the gradient taken?  It changes with every step.")
{
    matrix X = any_matrix("X", 7, 2);
    matrix y = given("y", MATRIX(7, 1, 0, 1, 1, 0, 1, 0, 0));
    linreg model = used_model(MATRIX(2, 1, 0.5, -0.25), 0.75);
    matrix losses = output("losses", 6, 1);
    call(logreg_fit(&model, losses, X, y, 0.3));
    expect_reference(losses);
    expect_reference(model.w);
    expect_reference(model.b);
}

TEST(logreg_fit, starts_where_the_model_is, 1,
     "The model is in/out.  Do you start the walk somewhere else?")
{
    linreg model = used_model(MATRIX(1, 1, -1.5), 2);
    matrix X = HOURS, y = PASSED;
    matrix losses = used("losses", MATRIX(3, 1, 5, 6, 7));
    call(logreg_fit(&model, losses, X, y, 0.25));
    expect_reference(losses);
    expect_reference(model.w);
    expect_reference(model.b);
}

/* --- logreg_classify --- */

TEST(logreg_classify, of_the_worked_example, 1, "Which of these reach 0.5?")
{
    matrix p = given("p", MATRIX(5, 1, 0.9, 0.1, 0.5, 0.499, 0.7));
    matrix yhat = output("yhat", 5, 1);
    call(logreg_classify(yhat, p, 0.5));
    expect(yhat, MATRIX(5, 1, 1, 0, 1, 0, 1));
}

TEST(logreg_classify, with_another_threshold, 2,
     "The threshold is an argument.  What if it is 0.25, or 0.875?")
{
    matrix p = given("p", MATRIX(5, 1, 0.9, 0.1, 0.25, 0.625, 0.875));
    matrix low = output("low", 5, 1), high = output("high", 5, 1);
    call(logreg_classify(low, p, 0.25));
    expect(low, MATRIX(5, 1, 1, 0, 1, 1, 1));
    call(logreg_classify(high, p, 0.875));
    expect(high, MATRIX(5, 1, 1, 0, 0, 0, 1));
}

TEST(logreg_classify, in_place, 1, "The decisions may overwrite p.")
{
    matrix p = used("p", MATRIX(7, 1, 0.3, 0.6, 0.45, 0.05, 0.8, 0.4, 1));
    call(logreg_classify(p, p, 0.45));
    expect(p, MATRIX(7, 1, 0, 1, 1, 0, 1, 0, 1));
}

/* --- confusion --- */

TEST(confusion, of_the_worked_example, 2,
     "Go through the ten by hand: said 1 and is 1, said 1 and is 0, ...")
{
    matrix yhat =
        given("yhat", MATRIX(10, 1, 1, 1, 0, 1, 0, 0, 1, 0, 0, 0));
    matrix y = given("y", MATRIX(10, 1, 1, 0, 1, 1, 0, 0, 1, 1, 0, 0));
    counts c = confusion(yhat, y);
    expect(c.true_positive, 3);
    expect(c.false_positive, 1);
    expect(c.false_negative, 2);
    expect(c.true_negative, 4);
}

TEST(confusion, of_other_data, 1,
     "Which of the two arguments is what was said, and which is what is?")
{
    matrix yhat =
        given("yhat", MATRIX(13, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0));
    matrix y =
        given("y", MATRIX(13, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1));
    counts c = confusion(yhat, y);
    expect(c.true_positive, 2);
    expect(c.false_positive, 6);
    expect(c.false_negative, 2);
    expect(c.true_negative, 3);
}

/* --- precision, recall, f1 --- */

TEST(precision, of_the_worked_example, 1,
     "Of the four called 1, three are.  Which counts stand below?")
{
    counts c = given_counts(3, 1, 2, 4);
    expect(precision(c), 0.75);
}

TEST(precision, of_other_counts, 1,
     "A share lies between 0 and 1, and need not be either.")
{
    counts c = given_counts(7, 13, 3, 29);
    expect(precision(c), 0.35);
}

TEST(precision, of_nothing_called_one, 1,
     "Nothing was called 1.  What does the contract say about 0/0?")
{
    counts c = given_counts(0, 0, 5, 11);
    expect(precision(c), 0);
    counts missed = given_counts(0, 3, 0, 7);
    expect(precision(missed), 0);
}

TEST(recall, of_the_worked_example, 1,
     "Of the five that are 1, three were found.  Which counts stand below?")
{
    counts c = given_counts(3, 1, 2, 4);
    expect(recall(c), 0.6);
}

TEST(recall, of_other_counts, 1,
     "A share lies between 0 and 1, and need not be either.")
{
    counts c = given_counts(7, 13, 3, 29);
    expect(recall(c), 0.7);
}

TEST(recall, of_nothing_to_find, 1,
     "Nothing is 1.  What does the contract say about 0/0?")
{
    counts c = given_counts(0, 5, 0, 11);
    expect(recall(c), 0);
    counts missed = given_counts(0, 0, 3, 7);
    expect(recall(missed), 0);
}

TEST(f1, of_the_worked_example, 1, "What is 2 * 0.75 * 0.6 / (0.75 + 0.6)?")
{
    counts c = given_counts(3, 1, 2, 4);
    expect(f1(c), 2.0 / 3);
}

TEST(f1, of_other_counts, 1,
     "Is it nearer to the smaller of the two, as a harmonic mean should?")
{
    counts c = given_counts(7, 13, 3, 29);
    expect(f1(c), 14.0 / 30);
}

TEST(f1, of_nothing_found, 1,
     "Both are 0, or 0/0.  What does the contract say?")
{
    counts none = given_counts(0, 0, 0, 7);
    expect(f1(none), 0);
    counts missed = given_counts(0, 3, 5, 11);
    expect(f1(missed), 0);
}

/* --- roc_auc --- */

TEST(roc_auc, of_the_worked_example, 1,
     "Two ones and three zeros make six pairs.  How many are won?")
{
    matrix score = given("score", MATRIX(5, 1, 0.9, 0.8, 0.7, 0.7, 0.2));
    matrix y = given("y", MATRIX(5, 1, 1, 0, 1, 0, 0));
    expect(roc_auc(score, y), 0.75);
}

TEST(roc_auc, at_both_ends, 1,
     "Every one above every zero is 1; every zero above every one is 0.")
{
    matrix score = given("score", MATRIX(5, 1, -2, 3.5, 0.5, -4, 1));
    matrix y = given("y", MATRIX(5, 1, 0, 1, 1, 0, 1));
    expect(roc_auc(score, y), 1);
    matrix no = given("no", MATRIX(5, 1, 1, 0, 0, 1, 0));
    expect(roc_auc(score, no), 0);
}

TEST(roc_auc, of_ties, 2,
     "A score that is the same for all knows nothing.  What is a tie "
     "worth?")
{
    matrix same = given("same", MATRIX(5, 1, 3, 3, 3, 3, 3));
    matrix y = given("y", MATRIX(5, 1, 1, 0, 0, 0, 1));
    expect(roc_auc(same, y), 0.5);
    matrix two = given("two", MATRIX(5, 1, 1, 1, 0, 0, 0));
    expect(roc_auc(two, y), 7.0 / 12);
}

TEST(roc_auc, of_an_empty_class, 1,
     "Without ones, or without zeros, there is no pair.  What then?")
{
    matrix score = given("score", MATRIX(3, 1, 0.5, -2, 4));
    matrix zeros = given("zeros", MATRIX(3, 1, 0, 0, 0));
    expect(roc_auc(score, zeros), 0.5);
    matrix ones = given("ones", MATRIX(3, 1, 1, 1, 1));
    expect(roc_auc(score, ones), 0.5);
}

TEST(roc_auc, of_any_scores, 2,
     "Only the order counts, not the size of a score, nor a threshold.")
{
    matrix score = any_matrix("score", 11, 1);
    matrix y = given("y", MATRIX(11, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0));
    expect_reference(roc_auc(score, y));
}

/* --- hinge_loss --- */

TEST(hinge_loss, of_the_worked_example, 1,
     "The margins y z are 2, -0.5, 0.25 and 1.  What does each cost?")
{
    matrix z = given("z", MATRIX(4, 1, 2, 0.5, 0.25, -1));
    matrix y = given("y", MATRIX(4, 1, 1, -1, 1, -1));
    expect(hinge_loss(z, y), 0.5625);
}

TEST(hinge_loss, of_right_by_less_than_the_margin, 1,
     "All are on the right side.  Is that enough to pay nothing?")
{
    matrix z = given("z", MATRIX(3, 1, 0.5, -0.25, 0.875));
    matrix y = given("y", MATRIX(3, 1, 1, -1, 1));
    expect(hinge_loss(z, y), 1.375 / 3);
    matrix far = given("far", MATRIX(3, 1, 5, -7, 1e9));
    expect(hinge_loss(far, y), 0);
}

TEST(hinge_loss, of_any_scores, 2,
     "Which number do you divide by?  Can an example cost less than 0?")
{
    matrix z = any_matrix("z", 7, 1);
    matrix y = given("y", MATRIX(7, 1, -1, 1, 1, -1, 1, -1, -1));
    expect_reference(hinge_loss(z, y));
}
