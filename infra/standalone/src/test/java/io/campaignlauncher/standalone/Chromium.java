package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The browser of this machine, which looks at pages as people do. */
final class Chromium implements AutoCloseable {

    private static final List<Path> PROGRAMS = List.of(Path.of("/usr/bin/chromium"),
            Path.of("/usr/bin/chromium-browser"),
            Path.of("/usr/bin/google-chrome"));
    /** The machine may be busy. */
    private static final double PATIENCE_MILLIS = 30_000;
    private static final Path PICTURES = Path.of("target/pictures");
    /** Counts what the content security policy kept from happening. */
    private static final String VIOLATIONS = """
            window.violations = [];
            document.addEventListener('securitypolicyviolation', e => window.violations.push(e.violatedDirective + ' '
                + e.blockedURI + ' ' + e.sample));
            """;

    private final Playwright playwright;
    private final Browser browser;
    private final List<BrowserContext> contexts = new ArrayList<>();

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static boolean isHere() {
        return program().isPresent();
    }

    private static Optional<Path> program() {
        return PROGRAMS.stream().filter(Files::isExecutable).findFirst();
    }

    static Chromium start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        var playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Chromium(playwright, playwright.chromium().launch(new BrowserType.LaunchOptions()
                .setExecutablePath(program().orElseThrow())
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking",
                        "--disable-component-update"))));
    }

    /** A visitor of their own, with no cookies yet. */
    Page visitor() {
        return visitor(options -> options);
    }

    Page visitor(UnaryOperator<Browser.NewContextOptions> options) {
        var context = browser.newContext(options.apply(new Browser.NewContextOptions().setLocale("en-GB")
                .setTimezoneId("Europe/Berlin")));
        contexts.add(context);
        context.addInitScript(VIOLATIONS);
        return context.newPage();
    }

    /** What the policy forbade on the page that is shown. */
    static List<?> violations(Page page) {
        return (List<?>) page.evaluate("window.violations");
    }

    /** In both themes: no mistake that axe finds, and a picture at each of three widths. */
    void isForEverybody(String address, String name) {
        isForEverybody(page -> page.navigate(address), name, options -> options);
    }

    /** The same of a page that more than an address leads to. */
    void isForEverybody(Consumer<Page> opened, String name) {
        isForEverybody(opened, name, options -> options);
    }

    /** @param visitor who looks at it */
    void isForEverybody(String address, String name, UnaryOperator<Browser.NewContextOptions> visitor) {
        isForEverybody(page -> page.navigate(address), name, visitor);
    }

    /** The same, for whoever has these cookies. */
    void isForEverybody(String address, String name, List<Cookie> cookies) {
        isForEverybody(page -> {
            page.context().addCookies(cookies);
            page.navigate(address);
        }, name);
    }

    private void isForEverybody(Consumer<Page> opened, String name,
            UnaryOperator<Browser.NewContextOptions> visitor) {
        for (var theme : ColorScheme.values()) {
            if (theme == ColorScheme.LIGHT || theme == ColorScheme.DARK) {
                var page = visitor(options -> visitor.apply(options).setColorScheme(theme).setBypassCSP(true));
                opened.accept(page);
                var found = new AxeBuilder(page).analyze().getViolations();
                assertThat(found.stream().flatMap(rule -> rule.getNodes().stream()
                        .map(node -> rule.getId() + " " + node.getHtml()))).as(name + " " + theme).isEmpty();
                Stream.of(1440, 1024, 390).forEach(width -> {
                    page.setViewportSize(width, 900);
                    assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                            .as(name + " fits into " + width).isEqualTo(true);
                    page.screenshot(new Page.ScreenshotOptions().setFullPage(true)
                            .setPath(PICTURES.resolve(name + "-" + theme.name().toLowerCase() + "-" + width + ".png")));
                });
                page.context().close();
            }
        }
    }

    @Override
    public void close() {
        contexts.forEach(BrowserContext::close);
        browser.close();
        playwright.close();
    }
}
