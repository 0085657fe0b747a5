# What all charts share. A chart is drawn by hand, in the folder of its data files, with
#
#   gnuplot -c timeline.gp OUTPUT [wide|narrow [NOTE]]
#
# gnuplot then warns of data without valid points: that is what one panel does not take of a file for all of them.
# OUTPUT ends in .svg or .png. Arguments and words from data files are only ever strings: every text that is
# not a constant of a script is `noenhanced`. Each script begins with `output_file`, `narrow` and `note` from its
# arguments, sets `height` in pixels, and loads this file.

set encoding utf8
set datafile separator "\t"
set datafile missing 'NaN'

W = narrow ? 380 : 960
H = height
note = note[1:70]

# Colours that a colour-blind reader can tell apart (after Okabe and Ito, darkened until each can be read
# as text on white). Where two lines share a plot, their dashes or marks differ too, for black and white.
# src/svg_for_page.cc knows them by these values.
ink = '#1f2328'; muted = '#59636e'; grid = '#d8dee4'; shade = '#eef1f4'
blue = '#0072b2'; tint = '#cde3f1'; red = '#b84a00'; trace = '#f0c9ae'; green = '#00795c'; purple = '#8f4e8b'

text_size = narrow ? 12 : 13
if (strlen(output_file) > 4 && output_file[strlen(output_file)-3:] eq '.png') {
  # Twice the size, for dense screens and for print.
  set terminal pngcairo size 2*W,2*H font sprintf('sans-serif,%g', 0.75*text_size) \
    fontscale 2 linewidth 2 pointscale 2 background rgb '#ffffff'
} else {
  set terminal svg size W,H font sprintf('sans-serif,%g', text_size) dynamic background rgb '#ffffff'
}
set output output_file

# Places in pixels from the left and from the top.
px(x) = x / real(W)
py(y) = 1 - y / real(H)

# A round step that cuts `span` into about `n` pieces.
round_step(span, n) = (span <= 0) ? 1 : \
  (_raw = span / real(n), _ten = 10**floor(log10(_raw)), _lead = _raw / _ten, \
   _ten * (_lead < 1.4 ? 1 : _lead < 2.9 ? 2 : _lead < 7 ? 5 : 10))

# The factor between ticks of an axis of numbers of workers: each doubling, or every second one where they
# would touch.
workers_step(first, last, doublings) = (last / real(first) > 2**doublings) ? 4 : 2

# A power of ten of a second, as text. (gnuplot's own %c writes "us".)
time_label(e) = (e < -6) ? sprintf('%g ns', 10.0**(e+9)) : (e < -3) ? sprintf('%g µs', 10.0**(e+6)) : \
                (e < 0) ? sprintf('%g ms', 10.0**(e+3)) : sprintf('%g s', 10.0**e)

# A number of any size, as text: 250, 1.5k, 12M. (gnuplot's own %.0s%c makes 2k of 1500.)
si_label(v) = (v >= 1e9) ? sprintf('%gG', v/1e9) : (v >= 1e6) ? sprintf('%gM', v/1e6) : \
              (v >= 1e3) ? sprintf('%gk', v/1e3) : sprintf('%g', v)

set key off
set border 1 lw 0.8 lc rgb muted
set tics scale 0 textcolor rgb muted nomirror
set grid ytics back lw 0.6 lt 1 lc rgb grid
set style fill solid 1 noborder
