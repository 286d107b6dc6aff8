/* examples.c - data sets as the chapters use them */
#include "examples.h"

#include "csv.h"
#include "idx.h"

#include <stdio.h>
#include <stdlib.h>

static _Noreturn void give_up(const char *why)
{
    fprintf(stderr, "%s\n", why);
    exit(1);
}

examples examples_from_csv(const char *path, const char *target)
{
    csv table;
    if (!csv_read(&table, path))
        give_up(table.error);

    matrix all = table.values;
    size_t t = csv_column(table, target);
    examples data = { .X = matrix_new(all.rows, all.cols - 1),
                      .y = matrix_new(all.rows, 1) };
    for (size_t i = 0; i < all.rows; i++)
        for (size_t j = 0; j < all.cols; j++)
            if (j == t)
                at(data.y, i, 0) = at(all, i, j);
            else
                at(data.X, i, j - (j > t)) = at(all, i, j);
    csv_free(&table);
    return data;
}

examples examples_from_idx(const char *images, const char *labels,
                           real white)
{
    idx pixels, classes;
    if (!idx_read(&pixels, images))
        give_up(pixels.error);
    if (!idx_read(&classes, labels))
        give_up(classes.error);
    if (pixels.dimensions < 2) {
        fprintf(stderr, "%s holds %zu numbers and no images\n", images,
                pixels.values.rows);
        exit(1);
    }
    if (classes.values.rows != pixels.values.rows ||
        classes.values.cols != 1) {
        fprintf(stderr, "%s holds %zu images, %s %zu labels\n", images,
                pixels.values.rows, labels, classes.values.rows);
        exit(1);
    }

    examples data = { .X = pixels.values, .y = classes.values };
    for (size_t k = 0; k < data.X.rows * data.X.cols; k++)
        data.X.data[k] /= white;
    return data; /* the matrices are handed on */
}

examples examples_digits(void)
{
    return examples_from_idx("datasets/digits-images.idx3-ubyte",
                             "datasets/digits-labels.idx1-ubyte", 16);
}

examples examples_of_two(examples all, int zero, int one)
{
    size_t count = 0;
    for (size_t i = 0; i < all.y.rows; i++)
        count += at(all.y, i, 0) == zero || at(all.y, i, 0) == one;

    examples some = { matrix_new(count, all.X.cols), matrix_new(count, 1) };
    count = 0;
    for (size_t i = 0; i < all.y.rows; i++)
        if (at(all.y, i, 0) == zero || at(all.y, i, 0) == one) {
            for (size_t j = 0; j < all.X.cols; j++)
                at(some.X, count, j) = at(all.X, i, j);
            at(some.y, count++, 0) = at(all.y, i, 0) == one;
        }
    examples_free(&all);
    return some;
}

examples examples_mnist(const char *part)
{
    const char *folder = getenv("MNIST");
    char images[4096], labels[4096];
    if (!folder)
        folder = "datasets/fetched/mnist";
    snprintf(images, sizeof images, "%s/%s-images-idx3-ubyte.gz", folder,
             part);
    snprintf(labels, sizeof labels, "%s/%s-labels-idx1-ubyte.gz", folder,
             part);
    FILE *there = fopen(images, "rb");
    if (!there) {
        printf("MNIST is not in %s; to bring it, type: sh datasets/fetch "
               "mnist\n",
               folder);
        exit(0);
    }
    fclose(there);
    return examples_from_idx(images, labels, 255);
}

void examples_free(examples *data)
{
    matrix_free(&data->X);
    matrix_free(&data->y);
}

static examples taken(examples all, const size_t *order, size_t count)
{
    examples part = { .X = matrix_new(count, all.X.cols),
                      .y = matrix_new(count, all.y.cols) };
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < all.X.cols; j++)
            at(part.X, i, j) = at(all.X, order[i], j);
        for (size_t j = 0; j < all.y.cols; j++)
            at(part.y, i, j) = at(all.y, order[i], j);
    }
    return part;
}

parts parts_of(examples all, size_t train, size_t validation,
               random_state *state)
{
    size_t N = all.X.rows;
    require(train <= N && validation <= N - train, all.X);
    size_t *order = malloc(N * sizeof *order);
    if (order == NULL)
        stop(NO_MEMORY, HERE, "out of memory");
    for (size_t i = 0; i < N; i++)
        order[i] = i;
    for (size_t i = N; i-- > 1;) {
        size_t j = random_below(state, i + 1), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
    const size_t *next = order + train, *last = next + validation;
    parts three = { .train = taken(all, order, train),
                    .validation = taken(all, next, validation),
                    .test = taken(all, last, N - train - validation) };
    free(order);
    return three;
}

parts parts_of_digits(uint64_t seed)
{
    random_state state = random_seed(seed);
    examples all = examples_digits();
    parts three = parts_of(all, 1257, 180, &state);
    examples_free(&all);
    return three;
}

void parts_free(parts *three)
{
    examples_free(&three->train);
    examples_free(&three->validation);
    examples_free(&three->test);
}
