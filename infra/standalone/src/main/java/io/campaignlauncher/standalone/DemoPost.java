package io.campaignlauncher.standalone;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A post that is bought and sold, as people do it over HTTP: an advertiser hands in what a moderator approves, it goes out in a
 * publisher's channel, and the publisher is paid. The people are made where there are none, and stay.
 */
final class DemoPost {

    /** A channel of its own, so that the other one is anybody's to offer. */
    static final String CHANNEL = "@otter_news";
    static final long CHANNEL_ID = -1_001_000_000_002L;

    private static final String ADVERTISER = "demo.advertiser";
    private static final String PUBLISHER = "demo.publisher";
    private static final String MODERATOR = "demo.moderator";
    private static final String TEXT = "Tidy otters, now";
    private static final String RELEASED = "released";
    private static final String PRICE = "10.00";
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final DemoPerson nobody;
    private final String adminPassword;
    private final String password;
    private final long from = System.nanoTime();
    private final List<Step> steps = new ArrayList<>();
    private final Thread thread;
    private @Nullable String address;
    private String outcome = "";
    private @Nullable String trouble;

    private record Step(String name, Duration after) {}

    private DemoPost(URI api, String adminPassword, String password) {
        this.nobody = new DemoPerson(HttpClient.newHttpClient(), api, null);
        this.adminPassword = adminPassword;
        this.password = password;
        this.thread = Thread.ofVirtual().name("demo-post").unstarted(this::run);
    }

    /** @param password of the three people */
    static DemoPost begin(URI api, String adminPassword, String password) {
        var post = new DemoPost(api, adminPassword, password);
        post.thread.start();
        return post;
    }

    private void run() {
        try (var client = nobody.client()) {
            buy();
        } catch (IOException | JacksonException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            fail("it was stopped");
        }
    }

    private void buy() throws IOException, InterruptedException {
        var admin = nobody.loggedIn("admin", adminPassword);
        nobody.make("/api/auth/register", Map.of("username", ADVERTISER, "password", password));
        nobody.make("/api/auth/register", Map.of("username", PUBLISHER, "password", password));
        admin.make("/api/auth/users",
                Map.of("username", MODERATOR, "password", password, "roles", List.of("moderator")));
        var advertiser = nobody.loggedIn(ADVERTISER, password);
        admin.ask("/api/admin/wallets/" + advertiser.ask("/api/auth/me").path("userId").asString() + "/deposits",
                Map.of("amount", "100.00", "externalId", "demo-" + UUID.randomUUID()));
        var publisher = nobody.loggedIn(PUBLISHER, password);
        var channel = id(publisher.ask("/api/channels", Map.of("chat", CHANNEL, "price", PRICE)));
        var campaign = "/api/campaigns/"
                + id(advertiser.ask("/api/campaigns", Map.of("name", "Otters", "totalBudget", "50.00")));
        advertiser.ask(campaign + "/activate", Map.of());
        var id = id(advertiser.ask(campaign + "/targets", Map.of("channelId", channel, "text", TEXT, "link",
                "https://example.org/")));
        var target = campaign + "/targets/" + id;
        synchronized (steps) {
            address = target;
        }
        reached("draft");
        advertiser.ask(target + "/submit", Map.of());
        reached("submitted");
        nobody.loggedIn(MODERATOR, password).ask("/api/admin/moderation/targets/" + id + "/approve",
                Map.of("version", 1));
        reached("approved");
        var link = linkOnceReleased(advertiser, target);
        var told = "Post " + link + ": the wallet of " + ADVERTISER + " has " + balance(advertiser) + ", that of "
                + PUBLISHER + " " + balance(publisher);
        synchronized (steps) {
            outcome = told;
        }
    }

    private static String id(JsonNode made) {
        return made.path("id").asString();
    }

    private static String balance(DemoPerson person) throws IOException, InterruptedException {
        return person.ask("/api/wallet").path("balance").asString();
    }

    private String linkOnceReleased(DemoPerson advertiser, String target) throws IOException, InterruptedException {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - until < 0) {
            var now = advertiser.ask(target);
            var status = now.path("status").asString();
            if (status.equals("refunded")) {
                throw new IOException("the money came back");
            }
            if (status.equals("posted")) {
                reached("posted");
            }
            if (now.path("escrow").path("status").asString("").equals("released")) {
                reached(RELEASED);
                return now.path("postJob").path("link").asString("");
            }
            Thread.sleep(LOOK_EVERY);
        }
        throw new IOException("its publisher was not paid within " + PATIENCE.toMinutes() + " minutes");
    }

    private void reached(String step) {
        synchronized (steps) {
            if (steps.stream().noneMatch(one -> one.name().equals(step))) {
                steps.add(new Step(step, Duration.ofNanos(System.nanoTime() - from)));
            }
        }
    }

    private void fail(String why) {
        synchronized (steps) {
            trouble = why;
        }
    }

    /** How far it has come, in a line: empty before it is there. */
    String line() {
        synchronized (steps) {
            return steps.stream().map(Step::name).collect(Collectors.joining(" > ")) + (trouble == null ? "" : " !");
        }
    }

    /** Waits until it is over, or nobody wants to know. @return whether its publisher was paid */
    boolean isPaid(BooleanSupplier goOn) throws InterruptedException {
        while (!thread.join(LOOK_EVERY)) {
            if (!goOn.getAsBoolean()) {
                thread.interrupt();
            }
        }
        synchronized (steps) {
            return trouble == null;
        }
    }

    /** What became of it, once it is over. @param passwordFile where the password of its people is */
    void summarize(PrintStream out, Path passwordFile) {
        synchronized (steps) {
            out.println(trouble == null ? outcome : "A post was not bought and paid: " + trouble);
            steps.forEach(step -> out.println("  %8s  %s".formatted(
                    String.format(Locale.ROOT, "%.2f s", step.after().toMillis() / 1000.0), step.name())));
            if (address != null) {
                out.println("  " + nobody.api().resolve(address));
            }
        }
        out.println("  " + String.join(", ", ADVERTISER, PUBLISHER, MODERATOR) + " log in with the password in "
                + passwordFile);
        out.println();
        out.flush();
    }
}
