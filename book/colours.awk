# colours.awk - the table of colours as CSS variables, for both themes
BEGIN { FS = "\t" }
/^#/ || NF < 3 { next }
{
    light = light "    --" $1 ": " $2 ";\n"
    dark = dark "    --" $1 ": " $3 ";\n"
}
END {
    print ":root {\n    color-scheme: light;\n" light "}"
    print "@media screen and (prefers-color-scheme: dark) {"
    print ":root:not([data-theme=light]) {\n    color-scheme: dark;\n" dark "}\n}"
    print "@media screen {"
    print ":root[data-theme=dark] {\n    color-scheme: dark;\n" dark "}\n}"
}
