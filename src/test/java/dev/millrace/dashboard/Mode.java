package dev.millrace.dashboard;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

/** How somebody looks at a page. */
enum Mode {
    LIGHT(1360, 900, ColorScheme.LIGHT),
    DARK(1360, 900, ColorScheme.DARK),
    PHONE_DARK(390, 844, ColorScheme.DARK),
    PHONE(390, 844, ColorScheme.LIGHT),
    TABLET(1024, 768, ColorScheme.LIGHT);

    private final int width;
    private final int height;
    private final ColorScheme colours;

    Mode(int width, int height, ColorScheme colours) {
        this.width = width;
        this.height = height;
        this.colours = colours;
    }

    /** Shows the page so, without loading it again. */
    void show(Page page) {
        page.setViewportSize(width, height);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
    }

    boolean dark() {
        return colours == ColorScheme.DARK;
    }

    /** What the name of a picture ends with. */
    String suffix() {
        return this == LIGHT
                ? ""
                : "-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
