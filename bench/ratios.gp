# Claim: on the same work most others take longer.
#
# data: for each peer a block of: times as long as ours, row of the workload;
# names: the workloads, from above; peers: the peers, as the blocks.
W=760; H=480; load 'book/house.gp'
set title "On the same work most others take longer"
set xlabel "time at their best setting, as a multiple of ours (float, one thread)"
set logscale x 2; set xrange [0.08:16]
set xtics ("1/8" 0.125, "1/4" 0.25, "1/2" 0.5, "1" 1, "2" 2, "4" 4, "8" 8, "16" 16)
set yrange [words(names) + 0.6:0.4]
set ytics scale 0
set ytics (word(names, 1) 1)
set for [k=2:words(names)] ytics add (word(names, k) k)
set arrow from 1, graph 0 to 1, graph 1 nohead ls 10
set rmargin 18
set key outside right center vertical reverse Left textcolor rgb INK samplen 1
array KIND[6] = [7, 5, 9, 13, 11, 15]
array SHADE[6] = [C1, C2, C3, C4, C5, INK]
plot for [k=1:words(peers)] data index k-1 using 1:2 with points pt KIND[k] ps 1.1 \
    lc rgb SHADE[k] title word(peers, k)
