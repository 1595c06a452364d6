package dev.millrace.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The whole terminal, with single keys; as it was again afterwards, also after Ctrl-C. By escape sequences and stty. */
final class Screen implements AutoCloseable {
    private static final String BEGIN = "\u001b[?1049h\u001b[?25l";
    private static final String END = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";
    private static final Pattern SIZE = Pattern.compile("(\\d+) (\\d+)");
    private static final Size USUAL = new Size(24, 80);
    private static final int FEWEST_ROWS = 8;

    private final PrintWriter out;
    private final InputStream keys = System.in;
    private final String before;
    private final Thread atExit = new Thread(this::restore);

    private Screen(PrintWriter out, String before) {
        this.out = out;
        this.before = before;
    }

    /** How much fits. */
    record Size(int rows, int columns) {}

    static Screen open(Terminal terminal) {
        Screen screen = new Screen(terminal.out(), stty("-g"));
        Runtime.getRuntime().addShutdownHook(screen.atExit);
        stty("-icanon", "-echo", "min", "0", "time", "0");
        screen.out.print(BEGIN);
        return screen;
    }

    Size size() {
        Matcher size = SIZE.matcher(stty("size"));
        if (!size.matches()) {
            return USUAL;
        }
        int rows = Integer.parseInt(size.group(1));
        int columns = Integer.parseInt(size.group(2));
        return rows == 0 || columns == 0 ? USUAL : new Size(Math.max(FEWEST_ROWS, rows), columns);
    }

    /** Over what was drawn before. */
    void draw(List<String> lines) {
        StringBuilder picture = new StringBuilder(HOME);
        picture.append(String.join(REST_OF_LINE + "\r\n", lines));
        out.print(picture.append(REST_OF_LINE).append(REST_OF_SCREEN));
        out.flush();
    }

    /** A key that was pressed; -1 when none was. */
    int key() throws IOException {
        return keys.available() > 0 ? keys.read() : -1;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        restore();
    }

    private void restore() {
        out.print(END);
        out.flush();
        if (!before.isEmpty()) {
            stty(before);
        }
    }

    /** What it says; empty when there is no such program. */
    private static String stty(String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "stty";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        try {
            Process stty = new ProcessBuilder(line)
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            stty.waitFor();
            return said;
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
