package io.github.dxlcdi.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;

/** How somebody looks at the page. */
enum Look {
    LIGHT_1280(ColorScheme.LIGHT, 1280, 800),
    DARK_1280(ColorScheme.DARK, 1280, 800),
    LIGHT_390(ColorScheme.LIGHT, 390, 844),
    DARK_390(ColorScheme.DARK, 390, 844);

    private final ColorScheme colors;
    private final int width;
    private final int height;

    Look(ColorScheme colors, int width, int height) {
        this.colors = colors;
        this.width = width;
        this.height = height;
    }

    Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setColorScheme(colors)
                .setViewportSize(width, height)
                .setLocale("en-GB");
    }
}
