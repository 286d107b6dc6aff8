# Claim: one slip tilts the squared line; the others hardly notice.
W=640; H=400; load 'book/house.gp'
set title "One wrong number tilts the squared line; the others hardly notice"
set xlabel "speed (mph)"; set ylabel "stopping distance (ft)"
set xrange [0:29]; set yrange [-50:190]
set arrow from 25,135 to 25,180 lc rgb INK lw 1.5
set label "850 ft instead of 85, far above" at 24.4,176 right tc rgb INK
set label "squared" at 25.4,146 left tc rgb C1 front
set label "Huber" at 25.4,84 left tc rgb C2 front
set label "absolute" at 25.4,66 left tc rgb C3 front
plot data index 0 every ::0::48 with points pt 7 ps 0.5 lc rgb MUTED, \
     data index 1 with lines ls 1, data index 2 with lines ls 2 dt 2, \
     data index 3 with lines ls 3 dt 4
