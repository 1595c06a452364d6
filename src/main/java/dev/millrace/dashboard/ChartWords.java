package dev.millrace.dashboard;

/** How the values of a line are said. */
enum ChartWords {
    TASKS {
        @Override
        String says(long value) {
            return Format.grouped(value) + (value == 1 ? " task" : " tasks");
        }
    },
    MILLIS {
        /** Scales that divide by two into whole units. */
        private static final long[] TOPS = {
            10,
            20,
            50,
            100,
            200,
            500,
            1000,
            2000,
            4000,
            10_000,
            20_000,
            40_000,
            60_000,
            120_000,
            240_000,
            600_000,
            1_200_000,
            2_400_000,
            3_600_000,
            7_200_000,
            14_400_000,
            28_800_000,
            86_400_000,
            172_800_000
        };

        @Override
        long top(long highest) {
            for (long top : TOPS) {
                if (top >= highest) {
                    return top;
                }
            }
            return Chart.roundUp(highest / 86_400_000 + 1) * 86_400_000;
        }

        @Override
        String mark(long value) {
            return Format.spanOfMillis(value);
        }

        @Override
        String says(long value) {
            return Format.spanOfMillis(value);
        }
    },
    MICROS {
        @Override
        long top(long highest) {
            return Chart.roundUp(Math.max(100, highest));
        }

        @Override
        String mark(long value) {
            return says(value);
        }

        @Override
        String says(long value) {
            return StoreView.millis(value / 1000.0);
        }
    },
    BYTES {
        @Override
        long top(long highest) {
            return Chart.roundUp(Math.max(1, (highest >> 20) + 1)) << 20;
        }

        @Override
        String mark(long value) {
            return Format.bytes(value);
        }

        @Override
        String says(long value) {
            return Format.bytes(value);
        }
    },
    PERCENT {
        @Override
        long top(long highest) {
            return Chart.roundUp(Math.max(10, highest));
        }

        @Override
        String mark(long value) {
            return value + " %";
        }

        @Override
        String says(long value) {
            return value + " %";
        }
    },
    TIMES {
        @Override
        String says(long value) {
            return value == 0 ? "none" : Format.grouped(value);
        }
    },
    PER_MINUTE {
        @Override
        String says(long value) {
            return Format.grouped(value) + " a minute";
        }
    };

    /** Where a scale ends that the highest value fits in; unless a kind says otherwise, as counts need it. */
    long top(long highest) {
        return Chart.roundUp(Math.max(1, highest));
    }

    String mark(long value) {
        return Format.brief(value);
    }

    abstract String says(long value);
}
