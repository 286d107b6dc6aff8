# figures.awk - what a figure shows of a run of make bench
#
#     awk -v figure=NAME -f bench/figures.awk TABLE
#
# TABLE is build/bench.tsv or bench/measured.tsv.  NAME is that of a script in
# bench/figures/; its head says what the data are.
BEGIN { FS = OFS = "\t" }
$1 == "# limit" && $2 == "float" { limit[$3] = $4; next }
$1 == "# work" { flops[$2] = $3; intensity[$2] = $4; next }
/^#/ { next }
!rows++ { for (k = 1; k <= NF; k++) column[$k] = k; next }
{
    workload = $column["workload"]; who = $column["contender"]
    ratio = $column["ratio_to_ours"]; seconds = $column["median_s"]
    single = $column["precision"] == "float" && $column["threads"] == 1
}
workload == "product" {
    gain[++ways] = who
    rate[ways] = flops["product"] / $column["min_s"] / 1e9
    next
}
who == "C" && single && (workload in flops) { ours[workload] = seconds }
who !~ /^(C|python)/ && $column["precision"] == "float" {
    if (!(workload in place)) { place[workload] = ++places; named[places] = workload }
    if (!(who in peer)) { peer[who] = ++peers; called[peers] = who }
    if (!((who, workload) in best) || ratio + 0 < best[who, workload])
        best[who, workload] = ratio + 0
}
# Words in order.
function sorted(words,    part, n, i, j, one) {
    n = split(words, part, " ")
    for (i = 2; i <= n; i++)
        for (j = i; j > 1 && part[j - 1] > part[j]; j--) {
            one = part[j]; part[j] = part[j - 1]; part[j - 1] = one
        }
    words = part[1]
    for (i = 2; i <= n; i++) words = words " " part[i]
    return words
}
END {
    if (figure == "gains")
        for (k = 1; k <= ways; k++)
            print k, rate[k], sprintf("%.3g", rate[k] / rate[1]), "\"" gain[k] "\""
    if (figure == "ratios") {
        for (k = 1; k <= places; k++) print k, named[k]
        for (p = 1; p <= peers; p++) {
            printf "\n\n\"%s\"\n", called[p]
            for (k = 1; k <= places; k++)
                if ((called[p], named[k]) in best)
                    print best[called[p], named[k]], k
        }
    }
    if (figure == "roofline") {
        for (size in limit)
            if (size != "peak")
                print limit[size], limit["peak"], sprintf("\"%.2g MB\"", size / 1e6) | "sort -n"
        close("sort -n")
        print "\n"
        # those that share a place get one label, at the lowest of them
        for (w in ours) {
            x = intensity[w]; y = flops[w] / ours[w] / 1e9
            together[x] = together[x] (together[x] ? " " : "") w
            if (!(x in lowest) || y < lowest[x]) lowest[x] = y
        }
        for (w in ours) {
            x = intensity[w]; y = flops[w] / ours[w] / 1e9
            print x, y, "\"" (y == lowest[x] ? sorted(together[x]) : "") "\"" | "sort -n"
        }
    }
}
