package io.campaignlauncher.chaos;

import io.campaignlauncher.chaos.MarketPeople.Person;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * People deal on the marketplace, before a Telegram with faults, while its services are killed and restarted. The seed decides which
 * and in which order; when exactly a blow falls is the machine's affair.
 */
public final class MarketChaos {

    private static final int ADVERTISERS = 4;
    private static final int PUBLISHERS = 2;
    private static final int CHANNELS = 5;
    private static final int TARGETS_OF_A_CAMPAIGN = 5;
    private static final int CANCELLED_EACH = 4;
    /** Later than any run. */
    private static final Duration NEVER = Duration.ofHours(12);
    private static final Duration SEND_PATIENCE = Duration.ofSeconds(10);

    private final Settings settings;
    private final PrintStream out;
    private final Random random;
    private final long startedAt = System.nanoTime();

    /**
     * @param targets  of campaigns of five; every fourth campaign is cancelled
     * @param blows    how often something is struck
     * @param every    between two blows
     * @param patience how long it may take until no money is held any more, once the last blow has fallen
     */
    public record Settings(int targets, int blows, Duration every, long seed, Duration patience) {

        /** What a build can afford. */
        public static Settings bounded(long seed) {
            return new Settings(40, 6, Duration.ofSeconds(3), seed, Duration.ofMinutes(5));
        }

        private Duration time() {
            return every.multipliedBy(blows);
        }
    }

    public MarketChaos(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
        this.random = new Random(settings.seed());
    }

    /** @param folder for the processes' data and output */
    public MarketVerdict run(Path folder) throws InterruptedException, ExecutionException {
        try (var telegram = MarketChannels.start(CHANNELS, settings.seed());
                var fleet = MarketFleet.start(folder, telegram.settings());
                var market = new AskedAgain(fleet.market())) {
            say("everything runs; its output is in " + folder);
            var people = MarketPeople.come(fleet, market, ADVERTISERS, PUBLISHERS, random);
            var deals = new Deals();
            telegram.goWrong();
            deal(fleet, telegram, people, deals);
            say("no money is held; " + market.again() + " requests were sent again, " + telegram.faults()
                    + " faults of Telegram");
            var verdict = MarketVerdict.on(fleet, telegram, deals);
            say(verdict.toString());
            return verdict;
        }
    }

    private void deal(MarketFleet fleet, MarketChannels telegram, MarketPeople people, Deals deals)
            throws InterruptedException, ExecutionException {
        var over = new AtomicBoolean();
        var dealing = new Dealing(deals);
        var posts = new UndecidedPosts(fleet, telegram, people.admin());
        try (var actors = Executors.newVirtualThreadPerTaskExecutor()) {
            var working = people.moderators().stream().map(moderator -> actors.submit(() -> {
                dealing.moderate(moderator, over::get);
                return moderator;
            })).toList();
            try {
                var asked = advertise(actors, dealing, people);
                strike(fleet, telegram);
                say("the last blow has fallen");
                MoneyHeld.awaitNone(fleet, posts, asked, settings.patience(), this::say);
            } catch (RuntimeException e) {
                actors.shutdownNow();
                throw e;
            } finally {
                over.set(true);
            }
            for (var moderator : working) {
                moderator.get();
            }
        }
    }

    /** Everybody begins at once; what they do takes as long as the blows. */
    private List<Future<String>> advertise(ExecutorService actors, Dealing dealing, MarketPeople people)
            throws InterruptedException {
        for (var advertiser : people.advertisers()) {
            dealing.deposit(people.admin(), advertiser);
        }
        var offered = new ArrayList<String>();
        for (int i = 0; i < CHANNELS; i++) {
            offered.add(dealing.offer(people.publishers().get(i % PUBLISHERS), MarketChannels.name(i), 7 + i + ".77"));
        }
        return IntStream.range(0, settings.targets() / TARGETS_OF_A_CAMPAIGN).mapToObj(i -> {
            var channels = new ArrayList<>(offered);
            Collections.shuffle(channels, random);
            return actors.submit(campaign(dealing, people.advertisers().get(i % ADVERTISERS), i, channels));
        }).toList();
    }

    /** In one that is to be cancelled, some posts have a time that does not come: their money is held until then. */
    private Callable<String> campaign(Dealing dealing, Person advertiser, int number, List<String> channels) {
        var name = "Campaign " + number;
        if (number % CANCELLED_EACH != 0) {
            return () -> dealing.advertise(advertiser, name, channels,
                    settings.time().dividedBy(TARGETS_OF_A_CAMPAIGN), null);
        }
        var begins = settings.time().multipliedBy(random.nextInt(100)).dividedBy(100);
        return () -> {
            Thread.sleep(begins);
            var campaign = dealing.advertise(advertiser, name, channels, Duration.ZERO,
                    Instant.now().plus(NEVER));
            dealing.cancel(advertiser, name, campaign);
            return campaign;
        };
    }

    private void strike(MarketFleet fleet, MarketChannels telegram) throws InterruptedException {
        var blows = new ArrayList<>(IntStream.range(0, settings.blows()).boxed().toList());
        Collections.shuffle(blows, random);
        for (int blow : blows) {
            Thread.sleep(settings.every().multipliedBy(50 + random.nextInt(100)).dividedBy(100));
            switch (blow % 4) {
                case 0 -> kill(fleet, List.of(one(MarketFleet.MODERATION)));
                case 1 -> kill(fleet, List.of(one(MarketFleet.POSTING)));
                case 2 -> {
                    awaitSend(telegram);
                    kill(fleet, MarketFleet.POSTING);
                }
                default -> kill(fleet, MarketFleet.MODERATION);
            }
        }
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void kill(MarketFleet fleet, List<String> names) {
        say("kill -9 " + String.join(", ", names));
        names.forEach(fleet::kill);
        names.forEach(fleet::startAgain);
    }

    /** Returns when a request that makes a message has just come, or none does for a while. */
    private static void awaitSend(MarketChannels telegram) throws InterruptedException {
        var before = telegram.sends();
        var until = System.nanoTime() + SEND_PATIENCE.toNanos();
        while (telegram.sends() == before && System.nanoTime() - until < 0) {
            Thread.sleep(1);
        }
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - startedAt) / 1e9, what);
    }
}
