# Claim: a lower threshold finds more survivors, and pays in false alarms.
W=560; H=480; load 'book/house.gp'
set title "A lower threshold finds more, and cries wolf more"
set xlabel "false alarms, of those who died (%)"; set ylabel "found, of those who lived (%)"
set xrange [0:100]; set yrange [0:104]
set label "guessing" at 62,56 left tc rgb MUTED front
set label "threshold 0.8" at 6,31 left tc rgb C2 front
set label "0.5" at 13,48 left tc rgb C2 front
set label "0.2" at 77,87 left tc rgb C2 front
plot x with lines dt 3 lc rgb MUTED, \
     data index 0 using (100*$1):(100*$2) with lines ls 1, \
     data index 1 using (100*$1):(100*$2) with points ls 2 ps 1
