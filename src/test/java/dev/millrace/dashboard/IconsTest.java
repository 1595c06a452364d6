package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Icons for what takes no SVG are drawn from the SVG: by this, when it is told to make pictures. */
class IconsTest {
    private static final Path DASHBOARD = Path.of("src/main/resources/META-INF/resources/dashboard");
    /** Of 255, between two versions of a browser that round edges in their own way. */
    private static final double ALIKE = 2;

    @AfterEach
    void close() {
        Chromium.closePages();
    }

    @ParameterizedTest
    @CsvSource({
        "icon, icon-192, 192",
        "icon, icon-512, 512",
        "icon-maskable, icon-maskable-512, 512",
        "icon-maskable, apple-touch-icon, 180"
    })
    void iconIsDrawnFromTheSvg(String svg, String png, int size) throws IOException {
        byte[] drawn = draw(Files.readString(DASHBOARD.resolve(svg + ".svg")), size);
        Path file = DASHBOARD.resolve(png + ".png");
        if (BrowserFixture.MAKES_PICTURES) {
            Files.write(file, drawn);
        }
        BufferedImage there = ImageIO.read(file.toFile());
        assertThat(there.getWidth()).isEqualTo(size);
        assertThat(there.getHeight()).isEqualTo(size);
        assertThat(difference(there, ImageIO.read(new ByteArrayInputStream(drawn))))
                .isLessThan(ALIKE);
    }

    private static byte[] draw(String svg, int size) {
        Page page = Chromium.firstPage(
                new Browser.NewContextOptions().setViewportSize(size, size).setDeviceScaleFactor(1));
        page.setContent("<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>" + svg);
        return page.screenshot(
                new Page.ScreenshotOptions().setOmitBackground(true).setType(ScreenshotType.PNG));
    }

    /** Of the channels of their pixels, on average. */
    private static double difference(BufferedImage one, BufferedImage other) {
        long sum = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                for (int shift = 0; shift < 32; shift += 8) {
                    sum += Math.abs((one.getRGB(x, y) >>> shift & 255) - (other.getRGB(x, y) >>> shift & 255));
                }
            }
        }
        return sum / (4.0 * one.getWidth() * one.getHeight());
    }
}
