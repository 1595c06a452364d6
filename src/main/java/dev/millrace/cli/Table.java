package dev.millrace.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rows under headings, as wide as they need to be; numbers stand to the right. */
final class Table {
    private final List<String[]> rows = new ArrayList<>();
    private final String[] headings;

    Table(String... headings) {
        this.headings = headings;
    }

    /** As many cells as there are headings. */
    Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(Table::text).toArray(String[]::new));
        return this;
    }

    /** A cell is one line, and what comes from elsewhere cannot steer the terminal. */
    static String text(Object cell) {
        return String.valueOf(cell).replaceAll("\\p{Cntrl}+", " ");
    }

    void print(Terminal terminal) {
        print(terminal, true);
    }

    /**
     * @param headed with the headings; without for what follows on another table
     */
    void print(Terminal terminal, boolean headed) {
        int[] widths = widths();
        if (headed) {
            terminal.out().println(line(headings, widths, terminal::bold));
        }
        rows.forEach(row -> terminal.out().println(line(row, widths, terminal::state)));
    }

    /** Headings and rows, without colours. */
    List<String> lines() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        lines.add(line(headings, widths, UnaryOperator.identity()));
        rows.forEach(row -> lines.add(line(row, widths, UnaryOperator.identity())));
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[headings.length];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = headings[column].length();
            for (String[] row : rows) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
        }
        return widths;
    }

    private String line(String[] cells, int[] widths, UnaryOperator<String> style) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.length; column++) {
            String padding = " ".repeat(widths[column] - cells[column].length());
            String cell = style.apply(cells[column]);
            line.append(numeric(column) ? padding + cell : cell + padding).append("  ");
        }
        return line.toString().stripTrailing();
    }

    private boolean numeric(int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> row[column].matches("[0-9][0-9.,]*( ?[a-z%]+)?|-?"))
                && rows.stream().anyMatch(row -> !row[column].isEmpty());
    }
}
