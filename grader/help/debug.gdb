# debug.gdb - what gdb is told before a test is run
set pagination off
set confirm off
set breakpoint pending on
set print frame-arguments scalars
set print repeats unlimited
set print elements 0
set startup-with-shell on
set disable-randomization on
handle SIGALRM SIGPROF nostop noprint pass

define matrix
  set $matrix_rows = ($arg0).rows
  set $matrix_cols = ($arg0).cols
  set $matrix_row = 0
  printf "%lu x %lu\n", $matrix_rows, $matrix_cols
  while $matrix_row < $matrix_rows && $matrix_cols > 0
    output *(($arg0).data + $matrix_row * $matrix_cols)@$matrix_cols
    printf "\n"
    set $matrix_row = $matrix_row + 1
  end
end
document matrix
Print the rows of a matrix: matrix X, matrix grad->w
end
