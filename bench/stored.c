/* stored.c - numbers in files of the folder of this run */
#include "bench.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *bench_folder = ".";

static FILE *opened(const char *name, const char *ending, const char *how)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.%s", bench_folder, name, ending);
    FILE *file = fopen(path, how);
    if (!file) {
        fprintf(stderr, "bench: %s: %s\n", path, strerror(errno));
        exit(1);
    }
    return file;
}

static void closed(FILE *file, const char *name)
{
    bool good = !ferror(file);
    if (fclose(file) != 0 || !good) {
        fprintf(stderr, "bench: %s could not be written\n", name);
        exit(1);
    }
}

void store_matrix(const char *name, matrix A)
{
    FILE *out = opened(name, "f64", "wb");
    for (size_t k = 0; k < A.rows * A.cols; k++) {
        double number = A.data[k];
        fwrite(&number, sizeof number, 1, out);
    }
    closed(out, name);
}

matrix stored_matrix(const char *name, size_t rows, size_t cols)
{
    matrix A = matrix_new(rows, cols);
    FILE *in = opened(name, "f64", "rb");
    for (size_t k = 0; k < rows * cols; k++) {
        double number = 0;
        if (fread(&number, sizeof number, 1, in) != 1) {
            fprintf(stderr, "bench: %s ends after %zu numbers\n", name, k);
            exit(1);
        }
        A.data[k] = number;
    }
    fclose(in);
    return A;
}

void store_order(const char *name, const size_t *order, size_t count)
{
    FILE *out = opened(name, "u32", "wb");
    for (size_t k = 0; k < count; k++) {
        uint32_t number = (uint32_t)order[k];
        fwrite(&number, sizeof number, 1, out);
    }
    closed(out, name);
}

size_t *stored_order(const char *name, size_t count)
{
    size_t *order = malloc(count * sizeof *order);
    FILE *in = opened(name, "u32", "rb");
    for (size_t k = 0; k < count; k++) {
        uint32_t number = 0;
        if (fread(&number, sizeof number, 1, in) != 1) {
            fprintf(stderr, "bench: %s ends after %zu numbers\n", name, k);
            exit(1);
        }
        order[k] = number;
    }
    fclose(in);
    return order;
}

void store_settings(const char *name, const char *text)
{
    FILE *out = opened(name, "txt", "w");
    fputs(text, out);
    closed(out, name);
}
