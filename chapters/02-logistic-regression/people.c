/* people.c - who survived the Titanic, and how well a neuron can tell */
#include "show.h"

#include "demo.h"
#include "foundations.h"

#include <math.h>
#include <stdio.h>

#define FEATURES 5
#define TRAINING 1500

static const char *feature_names[FEATURES] = {
    "first class", "second class", "third class", "female", "child"
};

//> one-hot
/* The class becomes three columns of 0 and 1; the crew has a 0 in each. */
static examples titanic(void)
{
    examples raw = examples_from_csv("datasets/titanic.csv", "survived");
    examples data = { matrix_new(raw.X.rows, FEATURES), raw.y };
    for (size_t i = 0; i < raw.X.rows; i++) {
        size_t class = (size_t)at(raw.X, i, 0);
        if (class > 0)
            at(data.X, i, class - 1) = 1;
        at(data.X, i, 3) = at(raw.X, i, 1); /* female */
        at(data.X, i, 4) = at(raw.X, i, 2); /* child */
    }
    matrix_free(&raw.X);
    return data;
}
//< one-hot

/* Trained on 1,500 people; train and test are the caller's to free. */
static linreg trained(examples *train, examples *test)
{
    examples data = titanic();
    deal(train, test, data, TRAINING, 1912);
    examples_free(&data);
    linreg model = linreg_new(FEATURES);
    walk(&model, *train, 2000, 4);
    return model;
}

static void done(linreg *model, examples *train, examples *test)
{
    linreg_free(model);
    examples_free(train);
    examples_free(test);
}

void show_people(void)
{
    examples data = titanic();
    printf("# who               \taboard\tsurvived\tshare\n");
    for (size_t class = 0; class < 4; class ++)
        for (int female = 0; female < 2; female++) {
            size_t aboard = 0, survived = 0;
            for (size_t i = 0; i < data.X.rows; i++) {
                size_t is = 3; /* the crew */
                for (size_t k = 0; k < 3; k++)
                    is = at(data.X, i, k) == 1 ? k : is;
                if (is == class && at(data.X, i, 3) == female) {
                    aboard++;
                    survived += at(data.y, i, 0) == 1;
                }
            }
            printf("%12s, %-6s\t%6zu\t%8zu\t%3.0f %%\n",
                   class < 3 ? feature_names[class] : "crew",
                   female ? "female" : "male", aboard, survived,
                   100.0 * survived / aboard);
        }
    size_t survived = 0;
    for (size_t i = 0; i < data.y.rows; i++)
        survived += at(data.y, i, 0) == 1;
    printf("all                 \t%6zu\t%8zu\t%3.0f %%\n", data.y.rows,
           survived, 100.0 * survived / data.y.rows);
    examples_free(&data);
}

void show_titanic(void)
{
    examples train, test;
    linreg model = trained(&train, &test);
    printf("# feature             \tweight\todds times\n");
    for (size_t j = 0; j < FEATURES; j++)
        printf("%-22s\t%6.2f\t%10.2f\n", feature_names[j],
               at(model.w, j, 0), exp(at(model.w, j, 0)));
    printf("bias (man of the crew)\t%6.2f\t%10.2f\n", model.b,
           exp(model.b));

    size_t died = 0;
    for (size_t i = 0; i < test.y.rows; i++)
        died += at(test.y, i, 0) == 0;
    printf("\n# on %zu others       \tloss \tright\n", test.y.rows);
    printf("this neuron           \t%.3f\t%.1f %%\n", loss_of(model, test),
           100 * share_right(model, test));
    printf("\"nobody survives\"     \t     \t%.1f %%\n",
           100.0 * died / test.y.rows);
    done(&model, &train, &test);
}

void show_two(void)
{
    examples train, test;
    linreg model = trained(&train, &test);
    matrix X = MATRIX(2, FEATURES, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0);
    matrix p = MATRIX(2, 1, 0), z = MATRIX(2, 1, 0);
    linreg_predict(z, model, X);
    logreg_predict_proba(p, model, X);
    printf("# who                 \tscore\tprobability\n");
    printf("a woman in first class\t%5.2f\t%.2f\n", at(z, 0, 0),
           at(p, 0, 0));
    printf("a man in third class  \t%5.2f\t%.2f\n", at(z, 1, 0),
           at(p, 1, 0));
    done(&model, &train, &test);
}

void show_counted(void)
{
    matrix yhat = MATRIX(10, 1, 1, 1, 0, 1, 0, 0, 1, 0, 0, 0);
    matrix y = MATRIX(10, 1, 1, 0, 1, 1, 0, 0, 1, 1, 0, 0);
    counts c = confusion(yhat, y);
    printf("#        \tis 1\tis 0\n");
    printf("said 1   \t%4zu\t%4zu\n", c.true_positive, c.false_positive);
    printf("said 0   \t%4zu\t%4zu\n", c.false_negative, c.true_negative);
    printf("\nprecision\t%.4f\nrecall   \t%.4f\nF1       \t%.4f\n",
           precision(c), recall(c), f1(c));
}

void show_thresholds(void)
{
    examples train, test;
    linreg model = trained(&train, &test);
    matrix p = matrix_new(test.y.rows, 1), yhat = matrix_new(p.rows, 1);
    logreg_predict_proba(p, model, test.X);
    printf("# threshold\t  TP\t  FP\t  FN\t  TN\tprecision\trecall\tF1  \t"
           "accuracy\n");
    const real thresholds[] = { 0.2, 0.5, 0.8, 0.99 };
    for (size_t k = 0; k < sizeof thresholds / sizeof *thresholds; k++) {
        logreg_classify(yhat, p, thresholds[k]);
        counts c = confusion(yhat, test.y);
        printf("%11g\t%4zu\t%4zu\t%4zu\t%4zu\t%9.2f\t%6.2f\t%.2f\t%.2f\n",
               thresholds[k], c.true_positive, c.false_positive,
               c.false_negative, c.true_negative, precision(c), recall(c),
               f1(c), accuracy(yhat, test.y));
    }
    matrix_free(&p);
    matrix_free(&yhat);
    done(&model, &train, &test);
}

void show_roc(void)
{
    examples train, test;
    linreg model = trained(&train, &test);
    matrix p = matrix_new(test.y.rows, 1), yhat = matrix_new(p.rows, 1);
    logreg_predict_proba(p, model, test.X);
    for (int marks = 0; marks < 2; marks++) {
        printf("# false alarms\tfound\tthreshold\n");
        for (int k = 0; k <= 1001; k++) {
            real threshold = 1.001 - k / 1000.0;
            bool marked = k == 201 || k == 501 || k == 801;
            if (marks && !marked)
                continue;
            logreg_classify(yhat, p, threshold);
            counts c = confusion(yhat, test.y);
            printf("%.5f\t%.5f\t%g\n",
                   (real)c.false_positive /
                       (c.false_positive + c.true_negative),
                   recall(c), threshold);
        }
        printf("\n\n");
    }
    matrix_free(&p);
    matrix_free(&yhat);
    done(&model, &train, &test);
}

void show_auc(void)
{
    examples train, test;
    linreg model = trained(&train, &test);
    matrix z = matrix_new(test.y.rows, 1);
    matrix by_hand = MATRIX(5, 1, 0.9, 0.8, 0.7, 0.7, 0.2);
    matrix y = MATRIX(5, 1, 1, 0, 1, 0, 0);
    linreg_predict(z, model, test.X);
    printf("# scores\tarea\n");
    printf("the five\t%.4f\n", roc_auc(by_hand, y));
    printf("Titanic \t%.4f\n", roc_auc(z, test.y));
    matrix_free(&z);
    done(&model, &train, &test);
}
