package io.campaignlauncher.market.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A test of the rules: given how things stand, when somebody asks, then exactly these events follow. Goes on from there. */
final class MarketScenario {

    static final String TENANT = "local";
    static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");
    static final Actor ANNA = actor("anna", Role.ADVERTISER, Role.PUBLISHER);
    static final Actor BERT = actor("bert", Role.ADVERTISER, Role.PUBLISHER);
    static final Actor PAULA = actor("paula", Role.ADVERTISER, Role.PUBLISHER);
    static final Actor MODERATOR = actor("mora", Role.MODERATOR);
    static final Actor ADMIN = actor("adam", Role.ADMIN);
    static final Actor SUPER_ADMIN = actor("susan", Role.SUPER_ADMIN);
    static final Actor SYSTEM = Actor.system(TENANT);
    static final UUID CAMPAIGN = id("campaign");
    static final UUID TARGET = id("target");
    static final long CHAT = -1001;
    static final UUID CHANNEL = MarketIds.channel(CHAT);
    static final MarketPolicy POLICY = new MarketPolicy(1_000, Money.of("25.00"), Duration.ofDays(3),
            Duration.ofDays(2), 3);
    static final Message POST = new Message(CHAT, 77, "https://t.me/c/1001/77");
    static final Place.TelegramPost PLACE = new Place.TelegramPost(CHANNEL, "Buy now", "https://example.com", null,
            null);
    static final Place.FacebookLaunch LAUNCH = new Place.FacebookLaunch("act_1001", "{\"adSetCount\":1}", null);

    /** That a worker may post in the channel. */
    static TargetEvent started(int attempt) {
        return new TargetEvent.PostingStarted(TARGET, CAMPAIGN, bySystem(), MarketIds.postJob(TARGET), attempt, PLACE,
                CHAT, T0.plus(POLICY.postingTime()), null);
    }

    private final MemoryMarket market = new MemoryMarket(POLICY, T0);
    private Decision decision = Decision.accept();

    static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    static Actor actor(String name, Role... roles) {
        return new Actor(TENANT, name, Set.of(roles));
    }

    static Cause by(Actor actor, Role role) {
        return new Cause(actor.userId(), role, TENANT, "c-1");
    }

    static Cause bySystem() {
        return by(SYSTEM, Role.SYSTEM);
    }

    /** Anna's campaign of 100.00, a draft; 500.00 in her wallet; Paula's channel at 10.00 a post. */
    static MarketScenario drafted() {
        return new MarketScenario()
                .given(ADMIN, new MarketCommand.Deposit("anna", "500.00", "bank-1"))
                .given(PAULA, new MarketCommand.OfferChannel("@paula", "10.00", CHAT, "Paula's", List.of()))
                .given(ANNA, new MarketCommand.DraftCampaign(CAMPAIGN, "Spring", "100.00"));
    }

    static MarketScenario active() {
        return drafted().given(ANNA, new MarketCommand.ActivateCampaign(CAMPAIGN));
    }

    /** With a target that is a draft. */
    static MarketScenario withDraft() {
        return active().given(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, TARGET, PLACE));
    }

    static MarketScenario submitted() {
        return withDraft().given(ANNA, new MarketCommand.SubmitTarget(CAMPAIGN, TARGET));
    }

    static MarketScenario rejected() {
        return submitted().given(MODERATOR, new MarketCommand.RejectTarget(TARGET, 1, "too loud"));
    }

    static MarketScenario approved() {
        return submitted().given(MODERATOR, new MarketCommand.ApproveTarget(TARGET, 1));
    }

    static MarketScenario posting() {
        return approved().given(SYSTEM, new MarketCommand.StartPosting(TARGET, 1));
    }

    static MarketScenario unknown() {
        return posting().given(SYSTEM, new MarketCommand.ReportUnknown(TARGET, 1, "time-out"));
    }

    static MarketScenario posted() {
        return posting().given(SYSTEM, new MarketCommand.ReportPosted(TARGET, 1, POST));
    }

    static MarketScenario released() {
        return posted().given(SYSTEM, new MarketCommand.ReportLastLook(TARGET, T0, true));
    }

    static MarketScenario refunded() {
        return posting().given(SYSTEM, new MarketCommand.ReportFailed(TARGET, 1, "text refused"));
    }

    /** A command that has to be accepted. */
    MarketScenario given(Actor actor, MarketCommand command) {
        when(actor, command);
        assertThat(decision).as("%s", command).isInstanceOf(Decision.Accepted.class);
        return this;
    }

    MarketScenario later(Duration time) {
        market.later(time);
        return this;
    }

    MarketScenario with(MarketSwitch name, boolean on) {
        market.turn(name, on);
        return this;
    }

    MarketScenario when(Actor actor, MarketCommand command) {
        decision = market.tell(actor, command);
        return this;
    }

    MarketScenario then(MarketEvent... events) {
        assertThat(decision).isEqualTo(new Decision.Accepted(List.of(events)));
        return this;
    }

    MarketScenario thenNothing() {
        return then();
    }

    MarketScenario thenRefused(Refusal refusal) {
        assertThat(decision).isEqualTo(Decision.refuse(refusal));
        return this;
    }

    MarketScenario thenRefused(int status, Refusal refusal) {
        assertThat(Answers.status(refusal)).isEqualTo(status);
        return thenRefused(refusal);
    }

    /** What was given breaks rules in this field, and in no other. */
    MarketScenario thenInvalid(String field) {
        assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class, refused -> assertThat(refused.refusal())
                .isInstanceOfSatisfying(Refusal.Invalid.class, invalid -> assertThat(invalid.violations())
                        .extracting(v -> v.field()).containsExactly(field)));
        return this;
    }

    /** The last command led to exactly one event of this kind. */
    <T extends MarketEvent> T theOnly(Class<T> kind) {
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        var found = ((Decision.Accepted) decision).events().stream().filter(kind::isInstance).map(kind::cast).toList();
        assertThat(found).as("%s in %s", kind.getSimpleName(), decision).hasSize(1);
        return found.getFirst();
    }

    MemoryMarket market() {
        return market;
    }

    TargetState target() {
        return market.target(TARGET);
    }

    /** What somebody has. */
    String balance(Actor of) {
        return market.balance(MarketIds.userWallet(TENANT, of.userId())).toString();
    }

    String fees() {
        return market.balance(MarketIds.fees(TENANT)).toString();
    }

    /** Target, escrow and post job, as the state matrix has them. */
    String states() {
        return target().status().word() + " " + (target().escrow() == null ? "none" : target().escrow().status().word())
                + " " + (target().post() == null ? "none" : target().post().status().word());
    }
}
