package io.campaignlauncher.simulation.market;

import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.simulation.engine.Lives;
import io.campaignlauncher.simulation.engine.Surroundings;
import io.campaignlauncher.simulation.engine.Wire;
import io.campaignlauncher.standin.RequestParts;
import io.campaignlauncher.telegram.TelegramRequest;
import io.campaignlauncher.telegram.TelegramTransport;
import io.campaignlauncher.telegram.simulator.core.BotApi;
import io.campaignlauncher.telegram.simulator.core.BotRequest;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Post;
import io.campaignlauncher.telegram.simulator.core.Rights;
import io.campaignlauncher.telegram.simulator.core.TelegramRules;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * Telegram and the way to it. Never breaks what the system relies on, unless it is told to: a request that the client gave up has
 * posted, and reads show its post, within the settle delay.
 */
final class Channels {

    static final long BOT_ID = 7_000_000_001L;
    static final String MARKER_HOST = "go.example.com";
    static final String PHOTO = "https://shop.example.com/lamp.png";
    private static final byte[] PICTURE = picture();
    private static final String TOKEN = BOT_ID + ":simulated-token-of-the-simulated-bot-0";
    private static final long FIRST = -1_001_000_000_001L;
    private static final Wire.Hazards WAY = new Wire.Hazards(MarketFault.OUTAGE, MarketFault.UNREACHABLE,
            MarketFault.FREEZE_BEFORE_SENDING, MarketFault.REQUEST_LOST, MarketFault.COMMITTED_LATE,
            MarketFault.ANSWER_LOST, MarketFault.SLOW_ANSWER);

    private final Surroundings surroundings;
    private final BotApi api;
    private final Wire wire;
    private final TelegramFaults faults;
    private final Duration hidden;
    private final List<Long> chats = new ArrayList<>();
    private final Set<String> removedByUs = new HashSet<>();
    private final Set<Long> lied = new HashSet<>();
    private Runnable onPosts = () -> {};
    private @Nullable Instant effectAt;

    Channels(Surroundings surroundings, Lives lives, MarketSettings settings, int channels) {
        this.surroundings = surroundings;
        var random = surroundings.random();
        this.api = new BotApi(random.chance(0.3) ? TelegramRules.DEFAULTS : TelegramRules.DEFAULTS.withoutLimits(),
                random.split());
        // Late on the way, late within Telegram and late to be seen add up.
        int onTheWay = random.upTo(5);
        int within = random.upTo(5 - onTheWay);
        var share = settings.lateMost().dividedBy(4);
        this.wire = new Wire(surroundings, lives, WAY, share.multipliedBy(onTheWay));
        this.hidden = share.multipliedBy(4L - onTheWay - within);
        api.advance(surroundings.loop().now());
        api.world().addBot(TOKEN, "launch_bot");
        api.world().addWebFile(PHOTO, PICTURE);
        for (int i = 0; i < channels; i++) {
            add(FIRST - i, random.chance(0.5) ? "channel_" + i : null);
            chats.add(FIRST - i);
        }
        var log = settings.posting().logChannel();
        if (log != null) {
            add(log, null);
        }
        this.faults = new TelegramFaults(api.faults(), surroundings.faults(),
                chats.stream().map(String::valueOf).toList(), share.multipliedBy(within), hidden);
    }

    private static byte[] picture() {
        try (var bytes = new ByteArrayOutputStream()) {
            ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(long id, @Nullable String username) {
        api.world().addChannel(id, username, "Channel " + id);
        for (int i = surroundings.random().upTo(4); i > 0; i--) {
            api.world().personPosts(String.valueOf(id), "Good morning " + i);
        }
        letIn(id);
    }

    void onPosts(Runnable check) {
        onPosts = check;
    }

    List<Long> chats() {
        return chats;
    }

    /** The channel's people give the bot what it needs. */
    void letIn(long chat) {
        api.world().setMembership(String.valueOf(chat), BOT_ID, Membership.administrator(Rights.POST));
        api.world().setProtected(String.valueOf(chat), false);
    }

    void deletedByHand(long chat, int id) {
        api.world().personDeletes(String.valueOf(chat), id);
    }

    /** Nothing goes wrong at Telegram any more. */
    void calm() {
        faults.end();
        chats.forEach(this::letIn);
        api.world().setRevoked(BOT_ID, false);
    }

    /** All that ever were in a channel with this link, deleted ones too. */
    List<Post> everMarked(long chat, String marker) {
        return api.world().posts(String.valueOf(chat)).stream().filter(post -> post.links().contains(marker)).toList();
    }

    /** Whether somebody else deleted a post, or reads were wrong about the channel: nothing of this is promised then. */
    boolean isDisturbed(long chat, List<Post> posts) {
        return lied.contains(chat) || posts.stream()
                .anyMatch(post -> post.deleted() && !removedByUs.contains(chat + "/" + post.id()));
    }

    TelegramTransport transport() {
        return request -> wire.exchange(
                new Wire.Request(() -> described(request), request.timeLimit(), isWrite(request.method())),
                heard -> arrive(request, heard));
    }

    private static boolean isWrite(String method) {
        return method.startsWith("send") || method.startsWith("delete") || method.startsWith("forward")
                || method.equals("editMessageText") || method.equals("editMessageCaption");
    }

    private Wire.Arrival arrive(TelegramRequest request, boolean heard) {
        var now = surroundings.loop().now();
        var parts = RequestParts.read("/bot" + TOKEN + "/" + request.method(), request.contentType(), request.body());
        var reply = api.handle(BotRequest.of(parts), now);
        surroundings.trace().line("telegram", "", () -> described(request) + " -> " + reply.fate() + " "
                + reply.status() + " " + shortened(reply.body()) + (heard ? "" : ", and nobody hears it"));
        note(request.method(), parts, reply.status(), new String(reply.body(), StandardCharsets.UTF_8), now);
        if (request.method().startsWith("send")) {
            onPosts.run();
        }
        expectEffects();
        return new Wire.Arrival(reply.fate(), new HttpAnswer(reply.status(), reply.headers(), reply.body()),
                reply.delay());
    }

    private void expectEffects() {
        api.nextEffectAt().filter(due -> !due.equals(effectAt)).ifPresent(due -> {
            effectAt = due;
            surroundings.loop().at(due, null, () -> {
                api.advance(surroundings.loop().now());
                onPosts.run();
                expectEffects();
            });
        });
    }

    /** What we deleted ourselves, and where a read denied what it has to show. */
    private void note(String method, RequestParts parts, int status, String body, Instant now) {
        var chat = parts.parameters().getOrDefault(method.startsWith("forward") ? "from_chat_id" : "chat_id", "");
        var id = parts.parameters().getOrDefault("message_id", "");
        if (method.startsWith("delete")) {
            removedByUs.add(chat + "/" + id);
        } else if (status == 400 && body.contains("not found") && !id.isEmpty()) {
            var shown = now.minus(hidden);
            api.world().posts(chat).stream()
                    .filter(post -> String.valueOf(post.id()).equals(id) && !post.deleted()
                            && post.date().isBefore(shown))
                    .forEach(_ -> lied.add(Long.valueOf(chat)));
        }
    }

    private static String described(TelegramRequest request) {
        return request.method() + " " + shortened(request.body());
    }

    private static String shortened(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        return text.length() > 400 ? text.substring(0, 400) + "..." : text;
    }
}
