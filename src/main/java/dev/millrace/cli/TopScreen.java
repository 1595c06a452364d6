package dev.millrace.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Draws what is seen until somebody presses q; goes on when the server is away for a while. */
final class TopScreen {
    private static final Duration BETWEEN_KEYS = Duration.ofMillis(100);
    /** Looks at the keyboard for one look at how large the window is. */
    private static final int BETWEEN_SIZES = 5;

    private final TopLook look;
    private final Screen screen;
    private final Duration interval;
    private ObjectNode seen;
    private String trouble;
    private Screen.Size size;

    TopScreen(TopLook look, Screen screen, Duration interval) {
        this.look = look;
        this.screen = screen;
        this.interval = interval;
        this.size = screen.size();
    }

    int run() throws IOException {
        seen = look.runOnce();
        boolean goOn = true;
        while (goOn) {
            draw();
            goOn = waitForNext();
            if (goOn) {
                lookAgain();
            }
        }
        return 0;
    }

    private void lookAgain() {
        try {
            seen = look.runOnce();
            trouble = null;
        } catch (Unreachable | Refused e) {
            trouble = e.getMessage().lines().findFirst().orElse("");
        }
    }

    private void draw() {
        List<String> lines = new ArrayList<>(TopText.lines(seen, size.rows() - 2, size.columns()));
        if (trouble != null) {
            lines.set(1, trouble.substring(0, Math.min(trouble.length(), size.columns())));
        }
        lines.add("");
        lines.add("q quits");
        screen.draw(lines);
    }

    /** False when somebody has had enough. */
    private boolean waitForNext() throws IOException {
        long start = System.nanoTime();
        for (int i = 1; System.nanoTime() - start < interval.toNanos(); i++) {
            int key = screen.key();
            if (key == 'q' || key == 'Q' || Thread.currentThread().isInterrupted()) {
                return false;
            }
            Screen.Size now = i % BETWEEN_SIZES == 0 ? screen.size() : size;
            if (!now.equals(size)) {
                size = now;
                draw();
            }
            Pause.of(BETWEEN_KEYS);
        }
        return true;
    }
}
