# house.gp - how every figure of the course looks
#
# A figure's script begins with   W=640; H=400; load 'book/house.gp'   and is
# run from the top folder, with three words set before it:
#
#   fmt    svg (the page), pdf (print) or png (a window's worth of pixels)
#   out    the file to write
#   data   the file to plot: what the chapter's demo printed
#
# Colours: C1 ... C5 for lines and their labels, S1 ... S9 for a ramp from
# strong to faint (labels only in S1 to S3), INK, MUTED and GRID.  They are
# the light column of book/colours.tsv; the page makes them follow its theme.

set encoding utf8
if (fmt eq 'svg') set terminal svg size W,H fixed enhanced \
    font "Inter,15" linewidth 1 rounded name "fig"
if (fmt eq 'pdf') set terminal pdfcairo size W/100.0*2.54cm,H/100.0*2.54cm \
    enhanced font "Inter,11" linewidth 1.2 rounded
if (fmt eq 'png') set terminal pngcairo size W,H enhanced \
    font "Inter,11" linewidth 1.2 rounded
set output out

C1 = "#0072B2"; C2 = "#B84A00"; C3 = "#007A5A"; C4 = "#A8497F"
C5 = "#8A6100"
S1 = "#00336F"; S2 = "#1F4E93"; S3 = "#3B69AB"; S4 = "#5A85BF"
S5 = "#7C9FCF"; S6 = "#9BB6DB"; S7 = "#B4C6E0"; S8 = "#C6D2E4"
S9 = "#D3DBE7"
INK = "#1A1A1A"; MUTED = "#5F6672"; GRID = "#D9DCE1"

# Line styles 1 to 5: the five colours; each has its own point as well.
array SHAPE[5] = [7, 5, 9, 13, 11]
do for [i = 1:5] {
    set style line i lc rgb value(sprintf("C%d", i)) lw 2.5 pt SHAPE[i] ps 0.7
}
set style line 10 lc rgb MUTED lw 1
set style line 11 lc rgb GRID lw 0.8

set border 3 ls 10
set tics nomirror out scale 0.6 textcolor rgb MUTED
set grid back ls 11
set minussign
set format "%g"
unset key
set title font ",16" textcolor rgb INK offset 0,-0.4
set xlabel offset 0,0.2 textcolor rgb INK
set ylabel offset 0.2,0 textcolor rgb INK
set lmargin 10; set rmargin 3; set tmargin 3; set bmargin 3.6
