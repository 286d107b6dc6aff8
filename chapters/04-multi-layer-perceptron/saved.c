/* saved.c - a network as bytes, whole and damaged */
#include "demo.h"
#include "parts.h"

#include <stdio.h>

static bytes small_file(void)
{
    mlp net = mlp_new(2, (size_t[]){ 3, 2, 1 }, TANH, REGRESSION);
    random_state state = random_seed(1);
    mlp_init(&net, XAVIER, &state);
    bytes file = { 0 };
    mlp_save(&file, net);
    mlp_free(&net);
    return file;
}

void show_bytes(void)
{
    bytes file = small_file();
    for (size_t k = 0; k < 36; k++) {
        if (k % 12 == 0)
            printf("%s%3zu\t", k ? "\n" : "", k);
        printf(" %02x", file.data[k]);
    }
    printf("\n# bytes in all\n%zu\n", file.count);
    bytes_free(&file);
}

static void try_to_load(const char *what, bytes *file)
{
    mlp net;
    if (mlp_load(&net, file)) {
        printf("%-18s\tloaded\n", what);
        mlp_free(&net);
    } else
        printf("%-18s\t%s\n", what, file->error);
}

void show_damage(void)
{
    bytes file = small_file();
    size_t whole = file.count;
    printf("# what happened    \twhat mlp_load says\n");
    try_to_load("nothing", &file);
    file.data[60] ^= 1;
    try_to_load("one bit", &file);
    file.data[60] ^= 1;
    file.count = 100;
    try_to_load("half a download", &file);
    file.count = whole;
    file.data[0] = '<';
    try_to_load("another file", &file);
    file.data[0] = 'N';
    file.data[8] = 2;
    try_to_load("from the future", &file);
    bytes_free(&file);
}

/* Every byte changed, in three ways; every length that is too short. */
void claims_of_saved(void)
{
    bytes file = small_file();
    size_t whole = file.count, refused = 0, tried = 0;
    mlp net = { .depth = 0 };
    for (size_t k = 0; k < whole; k++)
        for (int change = 1; change <= 128; change *= 8) {
            file.data[k] ^= change;
            tried++;
            refused += !mlp_load(&net, &file) && net.depth == 0;
            file.data[k] ^= change;
        }
    for (file.count = 0; file.count < whole; file.count++) {
        tried++;
        refused += !mlp_load(&net, &file) && net.depth == 0;
    }
    claim(refused == tried,
          "a damaged file is refused, and nothing of it "
          "is read, %zu of %zu times",
          refused, tried);
    file.count = whole;
    claim(mlp_load(&net, &file), "and the whole one is read");
    mlp_free(&net);
    bytes_free(&file);
}
