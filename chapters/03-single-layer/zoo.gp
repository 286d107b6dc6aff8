# Claim: seven bends; only some of them have a slope to learn by everywhere.
W=760; H=430; load 'book/house.gp'
names = "step sigmoid tanh ReLU leaky_ReLU ELU maxout"
set multiplot layout 2,4 title "Seven ways to bend a score, and how steep each is" font ",16" tc rgb INK offset 0,-0.6
set lmargin 4; set rmargin 1; set tmargin 3; set bmargin 2
set xrange [-4:4]; set yrange [-1.4:3]; set xtics 2; set ytics 1
do for [k=1:7] {
  set title (k==5 ? "leaky ReLU" : word(names,k)) font ",14" offset 0,-0.7
  plot data using 1:(column(2*k)) with lines ls 1, data using 1:(column(2*k+1)) with lines ls 2 lw 1.6 dt (5,3)
}
unset title; unset tics; unset border; unset grid
set label "value" at -3.6,1.7 left tc rgb C1; set label "slope" at -3.6,0.4 left tc rgb C2
plot 1.25 with lines ls 1, -0.05 with lines ls 2 lw 1.6 dt (5,3)
unset multiplot
