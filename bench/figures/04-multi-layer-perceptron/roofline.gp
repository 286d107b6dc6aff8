# Claim: what is used often is computed, what is used once is waited for.
#
# data: block 0, bandwidth and peak in 10^9 a second, and how much is read
# again and again; block 1, operations for each byte, 10^9 operations a
# second, and which workloads.
W=760; H=480; load 'book/house.gp'
stats data index 0 using 2 nooutput
top = STATS_max
set title "What is used often is computed, what is used once is waited for"
set xlabel "operations for each byte that is read"
set ylabel "10^9 operations a second"
set logscale xy; set xrange [0.1:200]; set yrange [5:top * 2]
set label sprintf("%.0f: all that the processor computes", top) at 190, top * 1.2 \
    right textcolor rgb MUTED
edge(bandwidth) = top / bandwidth
plot data index 0 using (0.1):($1 * 0.1):(edge($1) - 0.1):(top - $1 * 0.1) \
        with vectors nohead ls 10, \
    data index 0 using (edge($1)):(top):(200 - edge($1)):(0) \
        with vectors nohead ls 10, \
    data index 0 using (0.2 * 1.6 ** $0):($1 * 0.2 * 1.6 ** $0 * 1.12):(stringcolumn(3)) \
        with labels right offset -0.5,0.2 textcolor rgb MUTED font ",12", \
    data index 1 using 1:2 with points ls 1 ps 1.2, \
    data index 1 using 1:2:(stringcolumn(3)) with labels center offset 0,-1 \
        textcolor rgb INK
