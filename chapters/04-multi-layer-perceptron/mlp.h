/* mlp.h - the multi-layer perceptron: layers upon layers
 *
 * Throughout: N examples, L layers, layer l has n_l neurons, l = 1 ... L;
 * n_0 features come in.
 *
 *   X            N x n_0        one example per row
 *   W[l]         n_l x n_(l-1)  weights, row j belongs to neuron j
 *   b[l]         n_l x 1        biases
 *   Z[l], A[l]   N x n_l        scores and activations; A[0] = X
 *   dZ[l], ...                  slopes of the loss, shaped as what they
 *                               belong to
 *   y            N x 1          for classification: classes 0 ... n_L - 1
 *                N x n_L        for regression: targets
 *
 * Equations are numbered as in the lesson.  No output may overlap an input.
 */
#ifndef MLP_H
#define MLP_H

#include "bytes.h"
#include "foundations.h"
#include "layer.h"

//> model
typedef enum { IDENTITY, SIGMOID, TANH, RELU } activation;
typedef enum { REGRESSION, CLASSIFICATION } task;

typedef struct {
    size_t depth;      /* L, the number of layers             */
    layer *layers;     /* layers[l - 1] is layer l            */
    activation hidden; /* g, after every layer but the last   */
    task task;         /* what the last layer's scores are for */
} mlp;
//< model

/* A network with all weights and biases 0, of sizes n_0, n_1, ..., n_L.
 * The caller frees it. */
mlp mlp_new(size_t depth, const size_t *sizes, activation hidden,
            task kind);
mlp mlp_copy(mlp net);
void mlp_free(mlp *net);

/* n_l for l = 0 ... L, and how many parameters there are in all; given. */
size_t mlp_size(mlp net, size_t l);
size_t mlp_parameters(mlp net);

/* A = g(Z), and dZ = dA * g'(Z) from the stored A; A may be Z, dZ may be
 * dA; given: they call the functions of chapter 03. */
void activate(activation g, matrix A, matrix Z);
void activate_backward(activation g, matrix dZ, matrix dA, matrix A);

//> init-contract
typedef enum { XAVIER, HE } initialization;

/* mlp_init - random weights of the right size, biases 0
 *
 *     XAVIER   W_jk uniform in [-r, r),  r^2 = 6 / (n_(l-1) + n_l)  (4.13)
 *     HE       W_jk normal with mean 0, variance 2 / n_(l-1)        (4.14)
 *
 * One random number per weight: layer 1 first, row after row.  For XAVIER,
 * W_jk = r (2u - 1) with u from random_uniform.
 *
 * out       all weights and biases of net
 * in/out    state
 */
void mlp_init(mlp *net, initialization how, random_state *state);
//< init-contract

//> cache
/* What the way forward leaves for the way back, for up to room examples. */
typedef struct {
    size_t depth, room;
    matrix *A;  /* A[0] ... A[L]; A[0] is the data itself, borrowed   */
    matrix *dZ; /* dZ[1] ... dZ[L]: memory for the way back, dZ[0] not
                   used */
} mlp_cache;
//< cache

/* The caller frees it. */
mlp_cache mlp_cache_new(mlp net, size_t room);
void mlp_cache_free(mlp_cache *cache);

//> forward-contract
/* mlp_forward - from the examples to the scores, keeping all between
 *
 *     Z[l] = A[l-1] W[l]^T + 1 b[l]^T                                (4.1)
 *     A[l] = g(Z[l])  for l < L,     A[L] = Z[L],     A[0] = X       (4.2)
 *
 * out       cache->A[1] ... cache->A[L], each with N rows on entry
 * requires  X is N x n_0,  0 < N <= cache->room
 */
void mlp_forward(mlp_cache *cache, mlp net, matrix X);
//< forward-contract

/* mlp_loss - of the scores A[L]; given
 *
 *     regression       1/(2N) * sum_i sum_k (A[L]_ik - y_ik)^2       (4.3)
 *     classification   the cross-entropy (3.11) of the scores        (4.4)
 */
real mlp_loss(mlp net, matrix scores, matrix y);

//> backward-contract
/* mlp_backward - the slope of the loss in every parameter
 *
 *     dZ[L] = (A[L] - y) / N      regression                         (4.5)
 *             (P - Y) / N         classification, P the softmax of A[L]
 *     dW[l] = dZ[l]^T A[l-1]                                         (4.6)
 *     db[l] = dZ[l]^T 1                                              (4.7)
 *     dA[l-1] = dZ[l] W[l]                                for l > 1  (4.8)
 *     dZ[l-1] = dA[l-1] * g'(Z[l-1])                      for l > 1  (4.9)
 *
 * out       grad, a network of the same sizes that holds slopes instead of
 *           weights, whatever it held before; cache->dZ
 * requires  cache is what mlp_forward left for this net and these examples
 */
void mlp_backward(mlp *grad, mlp_cache *cache, mlp net, matrix y);
//< backward-contract

//> gradient-check-contract
/* mlp_gradient_check - is a gradient the slope of the loss?
 *
 * Each parameter t is moved by h to both sides and put back:
 *
 *     m = (L(t + h) - L(t - h)) / (2h)                              (4.10)
 *     error = |m - g| / max(1e-8, |m| + |g|)                        (4.11)
 *
 * where g is what grad says of that parameter.
 *
 * in/out    net: its parameters are what they were when the call ends
 * out       cache->A
 * returns   the largest error of all parameters; not a number if one of
 *           the errors is not
 * requires  h > 0,  grad has the sizes of net
 */
real mlp_gradient_check(mlp *net, mlp grad, mlp_cache *cache, matrix X,
                        matrix y, real h);
//< gradient-check-contract

//> update-contract
/* mlp_update - one step downhill in every parameter
 *
 *     W[l] <- W[l] - learning_rate * dW[l],   b[l] likewise         (4.12)
 *
 * in/out    net
 * requires  grad has the sizes of net
 */
void mlp_update(mlp *net, mlp grad, real learning_rate);
//< update-contract

//> batch-contract
/* mlp_batch - the k-th mini-batch of an epoch, k = 0, 1, ...
 *
 *     row r of the batch is example order[k B + r],  0 <= r < B     (4.15)
 *
 * The last batch has only what is left, if B does not divide N.
 *
 * in/out    Xb, yb have memory for B rows; on return their rows are the
 *           examples of this batch, and Xb->rows and yb->rows say how many
 * returns   false if there is no k-th batch, k B >= N; then Xb and yb keep
 *           what they held
 * requires  order holds N row numbers,  B > 0
 */
bool mlp_batch(matrix *Xb, matrix *yb, size_t B, size_t k, matrix X,
               matrix y, const size_t *order);
//< batch-contract

//> memory
/* What training needs besides the network, made once: no loop allocates. */
typedef struct {
    size_t B;      /* examples in a mini-batch */
    size_t N;      /* examples in all */
    size_t *order; /* 0 ... N - 1, in the order of the last epoch */
    matrix X, y;   /* the mini-batch */
    mlp grad;
    mlp_cache cache;
} mlp_memory;
//< memory

/* For N examples with labels or targets of y_cols columns.  The caller
 * frees it. */
mlp_memory mlp_memory_new(mlp net, size_t N, size_t B, size_t y_cols);
void mlp_memory_free(mlp_memory *memory);

//> train-epoch-contract
/* mlp_train_epoch - every example once, in mini-batches
 *
 *     shuffle order; for each batch: forward, loss, backward, update
 *     mean loss = 1/N * sum over batches of (rows * its loss)       (4.16)
 *
 * The loss of a batch is taken before its step.
 *
 * in/out    net, memory, state
 * returns   the mean loss over the N examples
 * requires  memory was made for net and N examples
 */
real mlp_train_epoch(mlp *net, mlp_memory *memory, matrix X, matrix y,
                     real learning_rate, random_state *state);
//< train-epoch-contract

//> evaluate-contract
typedef struct {
    real loss, accuracy;
} mlp_score;

/* mlp_evaluate - how good the network is on any number of examples
 *
 * The examples are taken in pieces of at most cache->room rows, so that N
 * may be larger than that.
 *
 * out       cache->A
 * returns   the mean loss over all N examples, and for classification the
 *           share of them whose largest score is that of their class; of
 *           equal scores the first counts.  For regression accuracy is 0.
 * requires  N > 0
 */
mlp_score mlp_evaluate(mlp net, mlp_cache *cache, matrix X, matrix y);
//< evaluate-contract

//> train
/* mlp_train - epochs, with a progress bar, keeping the best; given
 *
 * Evaluates on the validation examples after each epoch, and on return net
 * is as it was when their loss was least.  ^C ends after the epoch in hand.
 *
 * in/out    net, memory, state
 * out       trace, epochs x 3: mean loss in the epoch, validation loss,
 *           validation accuracy; rows of epochs not done stay as they were
 * returns   how many epochs were done
 */
size_t mlp_train(mlp *net, mlp_memory *memory, matrix trace, matrix X,
                 matrix y, matrix X_validation, matrix y_validation,
                 real learning_rate, random_state *state,
                 const char *label);
//< train

//> save-contract
/* mlp_save - a network as the bytes of a file
 *
 *     at   bytes   what                                             (4.17)
 *      0       8   the text "NNC-MLP:"
 *      8       4   version, 1
 *     12       4   hidden: 0 identity, 1 sigmoid, 2 tanh, 3 ReLU
 *     16       4   task: 0 regression, 1 classification
 *     20       4   L
 *     24   4 L+4   n_0, n_1, ..., n_L
 *      .       .   for l = 1 ... L: W[l], row after row, then b[l];
 *                  each number the 8 bytes of a double
 *      .       4   the CRC-32 of all bytes before
 *
 * All with the least significant byte first.
 *
 * out       file: the bytes are appended to it, which is empty on entry
 */
void mlp_save(bytes *file, mlp net);
//< save-contract

//> load-contract
/* mlp_load - a network from the bytes of a file, or a refusal
 *
 * Refused, with a sentence in file->error: another first text, another
 * version than 1, an unknown activation or task, L outside 1 ... 64, a size
 * outside 1 ... 1,000,000, a file whose length is not the one that its
 * sizes ask for (4.17), a wrong checksum.
 *
 * out       net, a new network that the caller frees; after false it is as
 *           it was: a damaged file is never half read
 * in/out    file, read from its beginning
 * returns   false if the file was refused
 */
bool mlp_load(mlp *net, bytes *file);
//< load-contract

#endif
