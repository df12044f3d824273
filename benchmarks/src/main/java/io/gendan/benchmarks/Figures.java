package io.gendan.benchmarks;

import java.util.Arrays;

/** What a run gave: how many a second, and how long each took. */
record Figures(double perSecond, double[] millis) {

    Figures {
        millis = millis.clone();
        Arrays.sort(millis);
    }

    int count() {
        return millis.length;
    }

    double percentile(int percent) {
        return millis.length == 0
                ? Double.NaN
                : millis[Math.min(millis.length - 1, millis.length * percent / 100)];
    }

    static double median(double... values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
