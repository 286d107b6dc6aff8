/* test_files.c - the toolbox's tests of files and of progress
 *
 * Damaged IDX files are made here, byte by byte.
 */
#define _POSIX_C_SOURCE 200809L

#include "bytes.h"
#include "idx.h"
#include "progress.h"

#include <check.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define ADD(name)                                                          \
    do {                                                                   \
        TCase *one = tcase_create(#name);                                  \
        tcase_add_test(one, name);                                         \
        suite_add_tcase(suite, one);                                       \
        added++;                                                           \
    } while (0)

int add_file_tests(Suite *suite, const char *path);

static const char *scratch;

/* --- Helpers --- */

static void write_file(const void *data, size_t count)
{
    FILE *file = fopen(scratch, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, count, file), count);
    ck_assert_int_eq(fclose(file), 0);
}

/* An IDX file of 3 images of 2 x 4 pixels: 0, 1, 2, ... */
enum { HEADER = 16, PIXELS = 24, WHOLE = HEADER + PIXELS };

static void small_idx(unsigned char *data)
{
    const unsigned char header[HEADER] = { 0, 0, 8, 3, 0, 0, 0, 3,
                                           0, 0, 0, 2, 0, 0, 0, 4 };
    memcpy(data, header, sizeof header);
    for (int k = 0; k < PIXELS; k++)
        data[HEADER + k] = 10 * k;
}

static void expect_refused(const char *sentence)
{
    idx file;
    size_t matrices = matrix_count;
    ck_assert(!idx_read(&file, scratch));
    char wanted[400];
    snprintf(wanted, sizeof wanted, "%s: %s", scratch, sentence);
    ck_assert_str_eq(file.error, wanted);
    ck_assert_uint_eq(file.values.rows, 0);
    idx_free(&file);
    ck_assert_uint_eq(matrix_count, matrices);
}

static void expect_small_idx(void)
{
    idx file;
    ck_assert_msg(idx_read(&file, scratch), "%s", file.error);
    ck_assert_uint_eq(file.dimensions, 3);
    ck_assert_uint_eq(file.size[0], 3);
    ck_assert_uint_eq(file.size[1], 2);
    ck_assert_uint_eq(file.size[2], 4);
    ck_assert_uint_eq(file.values.rows, 3);
    ck_assert_uint_eq(file.values.cols, 8);
    for (int k = 0; k < PIXELS; k++)
        ck_assert(file.values.data[k] == 10 * k);
    idx_free(&file);
}

static void write_packed(const unsigned char *data, size_t count)
{
    gzFile file = gzopen(scratch, "wb9");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(gzwrite(file, data, count), (int)count);
    ck_assert_int_eq(gzclose(file), Z_OK);
}

/* --- IDX --- */

START_TEST(idx_reads_plain_and_packed)
{
    unsigned char data[WHOLE];
    small_idx(data);
    write_file(data, WHOLE);
    expect_small_idx();
    write_packed(data, WHOLE);
    expect_small_idx();
}
END_TEST

START_TEST(idx_refuses_no_file)
{
    idx file;
    ck_assert(!idx_read(&file, "no/such/file"));
    ck_assert_str_eq(file.error, "no/such/file: No such file or directory");
}
END_TEST

START_TEST(idx_refuses_a_truncated_file)
{
    unsigned char data[WHOLE];
    small_idx(data);
    for (size_t count = 0; count < WHOLE; count++) {
        char sentence[100];
        if (count < HEADER)
            snprintf(sentence, sizeof sentence,
                     "byte %zu: the file ends here, inside its header",
                     count);
        else
            snprintf(sentence, sizeof sentence,
                     "byte %zu: the file ends here; its header promises 40 "
                     "bytes",
                     count);
        write_file(data, count);
        expect_refused(sentence);
        write_packed(data, count);
        expect_refused(sentence);
    }
}
END_TEST

START_TEST(idx_refuses_a_file_that_goes_on)
{
    unsigned char data[WHOLE + 1] = { 0 };
    small_idx(data);
    write_file(data, WHOLE + 1);
    expect_refused("byte 40: the file goes on; its header promises 40 "
                   "bytes");
}
END_TEST

START_TEST(idx_refuses_foreign_files)
{
    unsigned char data[WHOLE];
    small_idx(data);
    data[1] = 7;
    write_file(data, WHOLE);
    expect_refused("byte 0: an IDX file begins with two zero bytes, this "
                   "one with 0 and 7");
    write_file("<!DOCTYPE html>", 15); /* a page instead of a file */
    expect_refused("byte 0: an IDX file begins with two zero bytes, this "
                   "one with 60 and 33");
    small_idx(data);
    data[2] = 13;
    write_file(data, WHOLE);
    expect_refused("byte 2: the numbers are of type 13; only bytes, type "
                   "8, are read here");
    small_idx(data);
    data[3] = 0;
    write_file(data, WHOLE);
    expect_refused("byte 3: 0 dimensions; 1 to 4 are read here");
    data[3] = 5;
    write_file(data, WHOLE);
    expect_refused("byte 3: 5 dimensions; 1 to 4 are read here");
}
END_TEST

START_TEST(idx_refuses_sizes_that_cannot_be)
{
    unsigned char data[WHOLE];
    small_idx(data);
    data[11] = 0;
    write_file(data, WHOLE);
    expect_refused("byte 8: a size of 0");
    memset(data + 8, 255, 8);
    write_file(data, WHOLE);
    expect_refused("byte 8: a size of 4294967295 makes more numbers than "
                   "268435456, which is more than is read here");
}
END_TEST

/* Every byte of the packed file, changed: read as it is, or refused; what
 * is read has the sizes that the header says. */
START_TEST(idx_survives_damage)
{
    unsigned char data[WHOLE], packed[200];
    small_idx(data);
    write_packed(data, WHOLE);
    FILE *file = fopen(scratch, "rb");
    size_t count = fread(packed, 1, sizeof packed, file);
    fclose(file);
    ck_assert_uint_gt(count, 20);

    int refused = 0;
    for (size_t k = 10; k < count; k++) { /* after gzip's own header */
        packed[k] ^= 0x55;
        write_file(packed, count);
        idx found;
        if (!idx_read(&found, scratch)) {
            ck_assert_ptr_nonnull(strstr(found.error, ": byte "));
            refused++;
        }
        idx_free(&found);
        packed[k] ^= 0x55;
    }
    ck_assert_int_eq(refused, (int)count - 10);
}
END_TEST

/* The packed file, cut off at every length. */
START_TEST(idx_refuses_half_a_packed_file)
{
    unsigned char data[WHOLE], packed[200];
    small_idx(data);
    write_packed(data, WHOLE);
    FILE *file = fopen(scratch, "rb");
    size_t count = fread(packed, 1, sizeof packed, file);
    fclose(file);
    for (size_t k = 0; k < count; k++) {
        idx found;
        write_file(packed, k);
        ck_assert_msg(!idx_read(&found, scratch), "%zu of %zu bytes", k,
                      count);
        ck_assert_ptr_nonnull(strstr(found.error, ": byte "));
        idx_free(&found);
    }
}
END_TEST

/* --- Bytes --- */

START_TEST(bytes_come_back)
{
    bytes b = { 0 };
    matrix a = MATRIX(2, 3, 0.5, -1, 1e300, 0.1, NAN, -0.0);
    if (sizeof(real) == sizeof(float))
        at(a, 0, 2) = (real)1e30;
    bytes_put_text(&b, "NNC");
    bytes_put_u32(&b, 0x01020304);
    bytes_put_matrix(&b, a);
    ck_assert_uint_eq(b.count, 3 + 4 + 6 * 8);
    ck_assert_int_eq(b.data[3], 4); /* the least significant byte first */
    ck_assert_int_eq(b.data[6], 1);
    ck_assert_int_eq(b.data[7 + 7], 0x3f); /* 0.5 is 3fe0000000000000 */
    ck_assert_int_eq(b.data[7 + 6], 0xe0);

    ck_assert(bytes_write(&b, scratch));
    bytes c = { 0 };
    ck_assert(bytes_read(&c, scratch, 1000));
    ck_assert_uint_eq(c.count, b.count);
    uint32_t number;
    matrix back = matrix_new(2, 3);
    ck_assert(bytes_get_text(&c, "NNC"));
    ck_assert(bytes_get_u32(&c, &number));
    ck_assert_uint_eq(number, 0x01020304);
    ck_assert(bytes_get_matrix(&c, back));
    ck_assert_int_eq(memcmp(back.data, a.data, 6 * sizeof(real)), 0);

    ck_assert(!bytes_get_u32(&c, &number));
    ck_assert_str_eq(c.error, "byte 55: 4 bytes are needed, 0 are left");
    c.next = 0;
    ck_assert(!bytes_get_text(&c, "NNX"));
    ck_assert_str_eq(c.error, "byte 0: \"NNX\" should stand here");
    matrix_free(&back);
    bytes_free(&b);
    bytes_free(&c);
}
END_TEST

START_TEST(bytes_have_a_checksum)
{
    bytes b = { 0 };
    bytes_put_text(&b, "123456789"); /* the check value of CRC-32 */
    ck_assert_uint_eq(bytes_checksum(b, 9), 0xcbf43926);
    bytes_free(&b);
}
END_TEST

START_TEST(bytes_are_written_whole_or_not_at_all)
{
    bytes b = { 0 };
    bytes_put_text(&b, "new");
    ck_assert(!bytes_write(&b, "no/such/folder/file"));
    ck_assert_str_eq(b.error,
                     "no/such/folder/file: No such file or directory");

    /* A folder in its place: the rename fails, the other name is gone. */
    char folder[500], other[540], command[1200];
    snprintf(folder, sizeof folder, "%s.folder", scratch);
    snprintf(other, sizeof other, "%s/inside", folder);
    mkdir(folder, 0777);
    mkdir(other, 0777);
    ck_assert(!bytes_write(&b, folder));
    snprintf(command, sizeof command, "ls '%s'.new-* > /dev/null 2>&1",
             folder);
    ck_assert_int_ne(system(command), 0);
    rmdir(other);
    rmdir(folder);
    bytes_free(&b);
}
END_TEST

START_TEST(bytes_refuse_a_file_too_large)
{
    bytes b = { 0 };
    char wanted[500];
    write_file("123456789", 9);
    ck_assert(bytes_read(&b, scratch, 9));
    ck_assert(!bytes_read(&b, scratch, 8));
    snprintf(wanted, sizeof wanted,
             "%s: byte 8: the file goes on; no more than that is read",
             scratch);
    ck_assert_str_eq(b.error, wanted);
    bytes_free(&b);
}
END_TEST

/* --- Progress --- */

START_TEST(progress_draws_a_line)
{
    char line[200];
    progress bar = { .label = "digits", .total = 30 };
    progress_line(line, sizeof line, &bar, 0, 79);
    ck_assert_str_eq(line, "digits  [..............................]  "
                           "0 of 30");
    bar.done = 10;
    bar.loss = (real)0.125;
    progress_line(line, sizeof line, &bar, 31, 79);
    ck_assert_str_eq(line, "digits  [##########....................]  "
                           "10 of 30  loss 0.125  left 1:02");
    progress_line(line, sizeof line, &bar, 3600 * 2, 60);
    ck_assert_str_eq(line, "digits  [####..........]  "
                           "10 of 30  loss 0.125  left 4:00:00");
}
END_TEST

START_TEST(progress_ends_on_interrupt)
{
    ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
    progress bar = progress_start("test", 10);
    int turns = 0;
    while (progress_next(&bar)) {
        if (++turns == 3)
            raise(SIGINT);
        progress_report(&bar, 1);
    }
    progress_end(&bar);
    ck_assert_int_eq(turns, 3);
    ck_assert(bar.interrupted);

    bar = progress_start("test", 4); /* and another starts afresh */
    for (turns = 0; progress_next(&bar); turns++)
        progress_report(&bar, 1);
    progress_end(&bar);
    ck_assert_int_eq(turns, 4);
    ck_assert(!bar.interrupted);
}
END_TEST

START_TEST(progress_ends_at_once_on_the_second)
{
    ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
    progress bar = progress_start("test", 10);
    raise(SIGINT);
    progress_report(&bar, 1);
    raise(SIGINT);
}
END_TEST

int add_file_tests(Suite *suite, const char *path)
{
    int added = 0;
    scratch = path;
    ADD(idx_reads_plain_and_packed);
    ADD(idx_refuses_no_file);
    ADD(idx_refuses_a_truncated_file);
    ADD(idx_refuses_a_file_that_goes_on);
    ADD(idx_refuses_foreign_files);
    ADD(idx_refuses_sizes_that_cannot_be);
    ADD(idx_survives_damage);
    ADD(idx_refuses_half_a_packed_file);
    ADD(bytes_come_back);
    ADD(bytes_have_a_checksum);
    ADD(bytes_are_written_whole_or_not_at_all);
    ADD(bytes_refuse_a_file_too_large);
    ADD(progress_draws_a_line);
    ADD(progress_ends_on_interrupt);
    TCase *killed = tcase_create("progress_ends_at_once_on_the_second");
    tcase_add_test_raise_signal(killed, progress_ends_at_once_on_the_second,
                                SIGINT);
    suite_add_tcase(suite, killed);
    return added + 1;
}
