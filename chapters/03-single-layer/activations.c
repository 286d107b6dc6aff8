/* activations.c - what bends a layer, and how steeply */
#include "show.h"

#include <math.h>
#include <stdio.h>

typedef struct {
    const char *name;
    void (*forward)(matrix A, matrix Z);
    void (*backward)(matrix dZ, matrix dA, matrix A);
} activation;

static const activation zoo[] = {
    { "sigmoid", sigmoid_forward, sigmoid_backward },
    { "tanh", tanh_forward, tanh_backward },
    { "ReLU", relu_forward, relu_backward },
    { "leaky", leaky_relu_forward, leaky_relu_backward },
    { "ELU", elu_forward, elu_backward },
};

enum { ZOO = sizeof zoo / sizeof *zoo };

static real value_of(activation g, real z)
{
    matrix A = MATRIX(1, 1, z);
    g.forward(A, A);
    return at(A, 0, 0);
}

static real slope_of(activation g, real z)
{
    matrix A = MATRIX(1, 1, z), dZ = MATRIX(1, 1, 1);
    g.forward(A, A);
    g.backward(dZ, dZ, A);
    return at(dZ, 0, 0);
}

/* The three straight pieces of the figure's maxout, at one z. */
static const real piece_w[] = { -0.7, 0.2, 1.2 };
static const real piece_b[] = { -1, 0, -1.5 };

static real maxout_of(real z, real *slope)
{
    matrix Z = MATRIX(1, 3, 0), dZ = MATRIX(1, 3, 0), A = MATRIX(1, 1, 0);
    for (size_t k = 0; k < 3; k++)
        at(Z, 0, k) = piece_w[k] * z + piece_b[k];
    maxout_forward(A, Z);
    maxout_backward(dZ, MATRIX(1, 1, 1), Z);
    *slope = 0;
    for (size_t k = 0; k < 3; k++)
        *slope += at(dZ, 0, k) * piece_w[k];
    return at(A, 0, 0);
}

/* Columns: z, then value and slope of step, the zoo and maxout.  An empty
 * line, where the pen is lifted, stands at each jump. */
void show_zoo(void)
{
    real slope_before = 0;
    printf("# z\tstep\tslope");
    for (int k = 0; k < ZOO; k++)
        printf("\t%s\tslope", zoo[k].name);
    printf("\tmaxout\tslope\n");
    for (int i = -80; i <= 80; i++) {
        real z = i / 20.0, slope, most = maxout_of(z, &slope);
        matrix sign = MATRIX(1, 1, z);
        if (i == 0 || i == 1 || (i > -80 && slope != slope_before))
            printf("\n");
        slope_before = slope;
        step_forward(sign, sign);
        printf("%.2f\t%g\t0", z, at(sign, 0, 0));
        for (int k = 0; k < ZOO; k++)
            printf("\t%.4f\t%.4f", value_of(zoo[k], z),
                   slope_of(zoo[k], z));
        printf("\t%.4f\t%.4f\n", most, slope);
    }
}

void show_edges(void)
{
    static const real places[] = { -10, -2, -1, 0, 1, 2, 10 };
    printf("# slope at");
    for (int k = 0; k < ZOO; k++)
        printf("\t%8s", zoo[k].name);
    printf("\n");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        printf("%10g", places[i]);
        for (int k = 0; k < ZOO; k++)
            printf("\t%8.5f", slope_of(zoo[k], places[i]));
        printf("\n");
    }
}

/* A chain of layers of one neuron each, all with w = 1 and b = 0: how much
 * a turn of the input, z = 1, moves the output. */
void show_vanish(void)
{
    static const int depths[] = { 1, 2, 5, 10, 20 };
    printf("# layers\t %8s\t %8s\t %8s\n", zoo[0].name, zoo[1].name,
           zoo[2].name);
    for (size_t i = 0; i < sizeof depths / sizeof *depths; i++) {
        printf("%8d", depths[i]);
        for (int k = 0; k < 3; k++) {
            real z = 1, slope = 1;
            for (int l = 0; l < depths[i]; l++) {
                slope *= slope_of(zoo[k], z);
                z = value_of(zoo[k], z);
            }
            printf("\t %8.1e", slope);
        }
        printf("\n");
    }
}

/* ---- Two layers that are one ---- */

static layer random_layer(size_t n_in, size_t n_out, random_state *state)
{
    layer one = layer_new(n_in, n_out);
    for (size_t k = 0; k < n_out; k++) {
        for (size_t j = 0; j < n_in; j++)
            at(one.W, k, j) = random_normal(state);
        at(one.b, k, 0) = random_normal(state);
    }
    return one;
}

static real farthest(matrix A, matrix B)
{
    real most = 0;
    for (size_t i = 0; i < A.rows; i++)
        for (size_t j = 0; j < A.cols; j++)
            most = fmax(most, fabs(at(A, i, j) - at(B, i, j)));
    return most;
}

/* A single layer with W = W2 W1 and b = W2 b1 + b2 stands beside two. */
void show_collapse(void)
{
    random_state state = random_seed(1969);
    layer first = random_layer(3, 50, &state);
    layer second = random_layer(50, 2, &state);
    layer both = layer_new(3, 2);
    matrix X = matrix_new(1000, 3), A = matrix_new(1000, 50);
    matrix Z = matrix_new(1000, 2), Z1 = matrix_new(1000, 2);
    for (size_t i = 0; i < X.rows; i++)
        for (size_t j = 0; j < X.cols; j++)
            at(X, i, j) = random_normal(&state);

    matrix_product(both.W, second.W, AS_IT_IS, first.W, AS_IT_IS);
    matrix_product(both.b, second.W, AS_IT_IS, first.b, AS_IT_IS);
    for (size_t k = 0; k < 2; k++)
        at(both.b, k, 0) += at(second.b, k, 0);
    layer_forward(Z1, both, X);

    printf("# between\tknobs, two layers\tone layer\tsame scores\n");
    for (int k = -1; k < ZOO; k++) {
        layer_forward(A, first, X);
        if (k >= 0)
            zoo[k].forward(A, A);
        layer_forward(Z, second, A);
        printf("%-9s\t%17d\t%9d\t%s\n", k < 0 ? "nothing" : zoo[k].name,
               3 * 50 + 50 + 50 * 2 + 2, 3 * 2 + 2,
               farthest(Z, Z1) <= 1e-10 ? "yes" : "no");
    }
    matrix *owned[] = { &X, &A, &Z, &Z1 };
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        matrix_free(owned[k]);
    layer_free(&first);
    layer_free(&second);
    layer_free(&both);
}

/* ---- Two mistakes ---- */

/* A mistake: keeps what is positive of the incoming slope. */
static real positive_part(real dA)
{
    return dA > 0 ? dA : 0;
}

void show_relu_bug(void)
{
    static const real z[] = { 1.5, 0.5, -2, -0.3 };
    static const real dA[] = { -0.5, 0.25, 2, -1 };
    printf("#   z\t    dA\tdZ right\tmax(dA, 0)\n");
    for (int i = 0; i < 4; i++) {
        matrix A = MATRIX(1, 1, z[i]), dZ = MATRIX(1, 1, dA[i]);
        relu_forward(A, A);
        relu_backward(dZ, dZ, A);
        printf("%5.1f\t%6.2f\t%8.2f\t%10.2f\n", z[i], dA[i], at(dZ, 0, 0),
               positive_part(dA[i]));
    }
}

/* A mistake: takes the sigmoid for its own slope. */
void show_sigmoid_bug(void)
{
    printf("#  z\tslope, right\tslope, as a\ttoo large by\n");
    for (int z = -2; z <= 2; z++) {
        real a = value_of(zoo[0], z), slope = slope_of(zoo[0], z);
        printf("%4d\t%12.4f\t%11.4f\t%12.2f\n", z, slope, a, a / slope);
    }
}
