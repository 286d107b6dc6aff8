# Claim: an average of many hands still looks like its digit.
W=760; H=370; load 'book/house.gp'
set multiplot layout 2,5 title "The average of many hands still looks like its digit" font ",16" tc rgb INK offset 0,-0.4
set lmargin 0.6; set rmargin 0.6; set tmargin 2.6; set bmargin 0.4
unset tics; unset grid; set border 15 lc rgb GRID; set size ratio -1
set xrange [-0.6:7.6]; set yrange [-7.6:0.6]; set style fill solid noborder
do for [k=0:9] {
  set title sprintf("%d",k) font ",14" offset 0,-0.8
  plot data index k using 1:2:3:3 with boxxyerror lc rgb INK
}
unset multiplot
