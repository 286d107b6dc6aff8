# Claim: neurons of the first layer look for patterns that nobody would draw.
W=760; H=270; load 'book/house.gp'
set title "What a neuron looks for is hardly what we would draw"
set lmargin 1; set rmargin 1; set bmargin 2.4; unset tics; unset grid; unset border
set size ratio -1; set xrange [-1:72]; set yrange [-17.8:1.4]
set style fill solid noborder
set label "blue: ink here excites the neuron" at 0,-18.6 left tc rgb C1
set label "red: ink here calms it; the larger the square, the more" at 71,-18.6 right tc rgb C2
plot data using 1:2:($3>0.1?$3/2:1/0):($3/2) with boxxyerror lc rgb C1, \
     data using 1:2:($3<-0.1?-$3/2:1/0):(-$3/2) with boxxyerror lc rgb C2
