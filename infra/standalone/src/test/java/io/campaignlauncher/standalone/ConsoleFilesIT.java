package io.campaignlauncher.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.campaignlauncher.simulator.core.AccountPlace;
import io.campaignlauncher.simulator.core.Existing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, images and videos, in a browser, with the whole system behind it. */
@OnRunningSystem
@InBrowser
class ConsoleFilesIT {

    private static final Path EXAMPLES = Path.of("../../docs/examples");
    private static final LocatorAssertions.ContainsTextOptions PATIENTLY = new LocatorAssertions.ContainsTextOptions()
            .setTimeout(30_000);

    @TempDir
    private Path folder;
    private final RunningSystem system;
    private final Chromium chromium;

    ConsoleFilesIT(RunningSystem system, Chromium chromium) {
        this.system = system;
        this.chromium = chromium;
    }

    private String console(String rest) {
        return "http://localhost:" + system.standalone().api().getPort() + "/console" + rest;
    }

    private static FilePayload example(String name, String type) {
        return file(name, type, bytes(name));
    }

    private static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(EXAMPLES.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FilePayload file(String name, String type, byte[] bytes) {
        return new FilePayload(name, type, bytes);
    }

    /** The example, of a campaign of its own. */
    private static FilePayload spring(String name) {
        return file("spring.csv", "text/csv", new String(bytes("spring.csv"), StandardCharsets.UTF_8)
                .replace("Spring shoes", "Spring " + name).getBytes(StandardCharsets.UTF_8));
    }

    /** An export with an ad in each row. */
    private static FilePayload table(String campaign, Stream<String> budgets) {
        var rows = budgets.toList();
        var lines = IntStream.range(0, rows.size()).mapToObj(i -> campaign + ",Outcome Traffic,Set " + i + ",\""
                + rows.get(i) + "\",LINK_CLICKS,IMPRESSIONS,US,Ad " + i
                + ",o:1000000001,https://example.com,Hello,Link Page Post Ad").collect(Collectors.joining("\r\n"));
        return file("ads.csv", "text/csv", ("Campaign Name,Campaign Objective,Ad Set Name,Ad Set Daily Budget,"
                + "Optimization Goal,Billing Event,Countries,Ad Name,Link Object ID,Link,Body,Creative Type\r\n"
                + lines)
                .getBytes(StandardCharsets.UTF_8));
    }

    private Page chosen(Page page, String account, FilePayload table) {
        page.navigate(console("/files"));
        page.locator("#f-adAccountId").fill(account);
        page.locator("#f-credentialId").selectOption(RunningSystem.CREDENTIAL);
        page.locator("#f-currency").selectOption("USD");
        page.locator("#f-timeZone").fill("America/Los_Angeles");
        page.locator("#f-file").setInputFiles(table);
        return page;
    }

    private static void check(Page page) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Check")).click();
    }

    private static Locator launch(Page page) {
        return page.locator("[data-launch] button");
    }

    private void allCompleted(Page page, int launches) {
        assertThat(page.locator("#result h1")).hasText("Launched");
        assertThat(page.locator("#result tbody tr")).hasCount(launches);
        for (var link : page.locator("#result tbody a").all()) {
            var address = link.getAttribute("href");
            var job = system.settled(address.substring(address.lastIndexOf('/') + 1));
            assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("completed");
        }
    }

    @Test
    void a_file_with_two_images_is_launched_once_these_are_sent_on_the_page() {
        var account = system.freshAccount();
        var page = chosen(chromium.visitor(), account, spring(account));

        check(page);

        assertThat(page.locator("#found")).hasText("spring.csv: something is missing");
        assertThat(page.locator("#result")).containsText("beach.png");
        assertThat(page.locator(".checks .bad")).hasCount(2);
        assertThat(launch(page)).hasCount(0);
        page.locator("#f-media").setInputFiles(new FilePayload[]{ example("beach.png", "image/png"),
            example("city.jpg", "image/jpeg"), file("other.png", "image/png", bytes("beach.png")) });
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send")).click();
        assertThat(page.locator("#found")).hasText("spring.csv: it can be launched",
                new LocatorAssertions.HasTextOptions().setTimeout(30_000));
        assertThat(page.locator("#result tbody")).containsText("35.50 USD a day");
        assertThat(system.facebook().campaigns(account)).isEmpty();
        assertThat(page.locator("#f-again")).isHidden();
        launch(page).click();

        allCompleted(page, 1);
        var made = system.facebook().campaign(account);
        assertThat(made.adNames()).containsExactlyInAnyOrder("Beach", "City", "City men");
        assertThat(made.adSets()).extracting(Existing::dailyBudget).containsExactlyInAnyOrder("2000", "1550");
        assertThat(Chromium.violations(page)).isEmpty();

        check(page);
        assertThat(page.locator("#result tbody .warn")).isVisible();
        launch(page).click();
        assertThat(page.locator("#result h1")).hasText("This file was launched before");
        assertThat(page.locator("#result tbody")).containsText("launched before");
        assertThat(system.facebook().campaigns(account)).hasSize(1);
    }

    @Test
    void every_wrong_cell_is_named_with_its_place_and_what_was_read_there() {
        var account = system.freshAccount();
        var page = chosen(chromium.visitor(), account, table("Wrong",
                IntStream.range(0, 150).mapToObj(i -> i == 1 ? "20" : "1.234,50")));

        check(page);

        assertThat(page.locator("#found")).hasText("ads.csv: it cannot be launched like this");
        assertThat(page.locator("#result h3").first()).hasText("149 wrong cells");
        assertThat(page.locator(".cells")).hasCount(2);
        assertThat(page.locator(".cells tbody tr")).hasCount(149);
        var first = page.locator(".cells tbody tr").first();
        assertThat(first).containsText("D2");
        assertThat(first).containsText("Ad Set Daily Budget");
        assertThat(first).containsText("1.234,50");
        assertThat(page.locator(".cells tbody tr").nth(1)).containsText("D4");
        assertThat(launch(page)).hasCount(0);
        assertThat(page.locator("#found")).isFocused();
    }

    @Test
    void a_file_that_was_read_in_another_currency_than_the_account_has_is_not_launched() {
        var account = system.freshAccount();
        system.simulator().world().place(account, AccountPlace.of("JPY", "Asia/Tokyo"));
        var page = chosen(chromium.visitor(), account, table("Yen", Stream.of("2000")));
        check(page);
        assertThat(page.locator("#result .note.bad"))
                .containsText("The ad account has JPY, and the file was read as USD");
        assertThat(launch(page)).hasCount(0);

        page.locator("#f-currency").selectOption("JPY");

        assertThat(page.locator("#result")).isEmpty();
        page.locator("#f-timeZone").fill("Asia/Tokyo");
        check(page);
        assertThat(page.locator("#result tbody")).containsText("2,000 JPY a day");
        launch(page).click();
        allCompleted(page, 1);
        assertThat(system.facebook().campaign(account).adSets()).extracting(Existing::dailyBudget)
                .containsExactly("2000");
    }

    @Test
    void what_is_no_file_or_too_large_is_told_and_the_form_stays() throws IOException {
        var page = chosen(chromium.visitor(), "act_1001", file("x.pdf", "text/csv", "%PDF-1.7".getBytes(
                StandardCharsets.US_ASCII)));
        check(page);
        assertThat(page.locator("#result .problem")).isVisible();
        assertThat(page.locator("#f-adAccountId")).hasValue("act_1001");

        var large = Files.write(folder.resolve("large.csv"), new byte[10 * 1024 * 1024 + 1]);
        page.locator("#f-file").setInputFiles(large);
        check(page);
        assertThat(page.locator("#result .problem")).containsText("The file is too large");

        var plain = chosen(chromium.visitor(options -> options.setJavaScriptEnabled(false)), "act_1001",
                file("large.csv", "text/csv", new byte[1]));
        plain.locator("#f-file").setInputFiles(large);
        check(plain);
        assertThat(plain.locator("#result .problem")).containsText("The file is too large");
        assertThat(plain.locator("#f-adAccountId")).hasValue("act_1001");
    }

    @Test
    void works_without_scripts() {
        var account = system.freshAccount();
        var table = spring(account);
        var page = chosen(chromium.visitor(options -> options.setJavaScriptEnabled(false)), account, table);
        check(page);
        assertThat(page.locator(".checks .bad")).hasCount(2);
        for (var image : List.of(example("beach.png", "image/png"), example("city.jpg", "image/jpeg"))) {
            page.locator("#f-media").setInputFiles(image);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send")).click();
            assertThat(page.locator(".note.good")).containsText("is in " + account);
            assertThat(page.locator("#f-adAccountId")).hasValue(account);
            page.locator("#f-currency").selectOption("USD");
            page.locator("#f-timeZone").fill("America/Los_Angeles");
            page.locator("#f-file").setInputFiles(table);
            check(page);
        }
        assertThat(page.locator("#found")).hasText("spring.csv: it can be launched");
        page.locator("#f-again").setInputFiles(table("Another", Stream.of("20")));
        launch(page).click();
        assertThat(page.locator(".problem")).containsText("is not that of the file that was sent");
        page.locator("#f-file").setInputFiles(table);
        check(page);
        page.locator("#f-again").setInputFiles(table);

        launch(page).click();

        allCompleted(page, 1);
    }

    private Page media(Page page, String account) {
        page.navigate(console("/media?adAccountId=" + account));
        page.locator("#f-credentialId").selectOption(RunningSystem.CREDENTIAL);
        return page;
    }

    private static void send(Page page, Path... files) {
        page.locator("#f-file").setInputFiles(files);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send")).click();
    }

    private Path video(int seed, int size) throws IOException {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return Files.write(folder.resolve("spot.mp4"), bytes);
    }

    private Path notes() throws IOException {
        return Files.writeString(folder.resolve("notes.txt"), "none");
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void images_and_videos_are_sent_with_bars_and_listed_as_a_launch_names_them() throws Exception {
        var account = system.freshAccount();
        var page = media(chromium.visitor(), account);
        assertThat(page.locator("#media .empty")).isVisible();
        var video = video(1, 6_000_000);

        send(page, EXAMPLES.resolve("beach.png"), video, notes());

        assertThat(page.locator(".uploads li").nth(0)).containsText("there", PATIENTLY);
        assertThat(page.locator(".uploads li").nth(1)).containsText("there", PATIENTLY);
        assertThat(page.locator(".uploads li.bad")).containsText("notes.txt", PATIENTLY);
        assertThat(page.locator("#media tbody tr")).hasCount(2);
        assertThat(page.locator("#media")).containsText("image: sha256:" + sha256(bytes("beach.png")));
        assertThat(page.locator("#media")).containsText("video: sha256:" + sha256(Files.readAllBytes(video)));
        assertThat(Chromium.violations(page)).isEmpty();

        page.navigate(console("/new?adAccountId=" + account));
        page.navigate(console("/new"));
        page.locator("#f-adAccountId").fill(account);
        check(page);
        page.locator("#f-image").selectOption("sha256:" + sha256(bytes("beach.png")));
    }

    @Test
    void a_video_that_was_cut_off_goes_on_where_it_was() throws Exception {
        var account = system.freshAccount();
        var page = media(chromium.visitor(), account);
        var video = video(2, 9_000_000);
        var cut = new int[1];
        page.route("**/console/media/videos/**", route -> {
            if (route.request().method().equals("POST") && cut[0]++ == 1) {
                route.abort();
            } else {
                route.resume();
            }
        });
        send(page, video);
        assertThat(page.locator(".uploads li.good")).containsText("there", PATIENTLY);
        assertThat(cut[0]).as("it went on after the cut").isGreaterThan(2);

        var again = media(chromium.visitor(), account);
        send(again, video);
        assertThat(again.locator(".uploads li.good")).containsText("there", PATIENTLY);
        assertThat(again.locator("#media tbody tr")).hasCount(1);
    }

    @Test
    void is_for_everybody_and_on_every_screen() throws IOException {
        var notes = notes();
        var account = system.freshAccount();
        chromium.isForEverybody(page -> {
            media(page, account);
            send(page, EXAMPLES.resolve("beach.png"), notes);
            assertThat(page.locator(".uploads li.bad")).isVisible(
                    new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
        }, "media");
        chromium.isForEverybody(console("/files"), "files");
        chromium.isForEverybody(page -> {
            chosen(page, system.freshAccount(), table("Wrong", Stream.of("20", "1.234,50", "€15")));
            check(page);
            assertThat(page.locator(".cells")).isVisible();
        }, "files-wrong");
        chromium.isForEverybody(page -> {
            chosen(page, system.freshAccount(), spring("shoes"));
            check(page);
            assertThat(page.locator("#f-media")).isVisible();
        }, "files-missing");
        chromium.isForEverybody(page -> {
            chosen(page, system.freshAccount(), table("Good", Stream.of("20", "15.50")));
            check(page);
            assertThat(launch(page)).isVisible();
        }, "files-good");
    }
}
