# Claim: on the same work most others take longer.
#
# data: block 0, the row of a workload and its name, from above; then for each
# peer a block: its name; times as long as ours, row of the workload.
W=760; H=480; load 'book/house.gp'
set title "On the same work most others take longer"
set xlabel "time at their best setting, as a multiple of ours on one core"
set logscale x 2; set xrange [0.11:20]
set xtics ("1/8" 0.125, "1/4" 0.25, "1/2" 0.5, "1" 1, "2" 2, "4" 4, "8" 8, "16" 16)
stats data nooutput
stats data index 0 using 1 nooutput name 'ROW'
set yrange [ROW_max + 0.6:0.4]
set ytics scale 0
set arrow from 1, graph 0 to 1, graph 1 nohead ls 10
set rmargin 18
set key outside right center vertical reverse Left textcolor rgb INK samplen 1
array KIND[6] = [7, 5, 9, 13, 11, 15]
array SHADE[6] = [C1, C2, C3, C4, C5, INK]
plot data index 0 using (1e-9):1:ytic(2) with points notitle, \
    for [k=1:STATS_blocks-1] data index k using 1:2 with points pt KIND[k] ps 1.1 \
    lc rgb SHADE[k] title columnheader(1)
