# Claim: what it reads wrong, a person reads at once.
W=760; H=400; load 'book/house.gp'
set multiplot layout 2,5 title "Its worst mistakes, and you read most of them at once" font ",16" tc rgb INK offset 0,-0.4
set lmargin 0.6; set rmargin 0.6; set tmargin 3; set bmargin 0.4
unset tics; unset grid; set border 15 lc rgb GRID; set size ratio -1
set xrange [-0.6:7.6]; set yrange [-7.6:0.6]; set style fill solid noborder
do for [k=0:9] {
  stats data index k every ::0::0 using (what=stringcolumn(1),0) nooutput
  set title what font ",13" offset 0,-0.8 tc rgb C2
  plot data index k every ::1 using 1:2:3:3 with boxxyerror lc rgb INK
}
unset multiplot
