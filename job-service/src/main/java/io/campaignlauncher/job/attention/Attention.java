package io.campaignlauncher.job.attention;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.attention.Matter.Item;
import io.campaignlauncher.job.attention.Matter.Kind;
import io.campaignlauncher.job.letters.LetterFilter;
import io.campaignlauncher.job.letters.LetterGroup;
import io.campaignlauncher.job.letters.LetterTable;
import io.campaignlauncher.job.look.RefusedTokens;
import io.campaignlauncher.job.webhook.RegisteredWebhook;
import io.campaignlauncher.job.webhook.WebhookRegistry;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.messaging.StoredCredential;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What waits for somebody, among what they may see and may do something about. Blocks, for a query of each kind at most. */
public final class Attention {

    private static final LetterFilter ANY = new LetterFilter(null, null, null);

    private final JobsInNeed jobs;
    private final KillSwitches switches;
    private final LetterTable letters;
    private final Credentials credentials;
    private final RefusedTokens refused;
    private final WebhookRegistry webhooks;
    private final AttentionSettings settings;
    private final InstantSource clock;

    Attention(JobsInNeed jobs, KillSwitches switches, LetterTable letters, Credentials credentials,
            RefusedTokens refused, WebhookRegistry webhooks, AttentionSettings settings, InstantSource clock) {
        this.jobs = jobs;
        this.switches = switches;
        this.letters = letters;
        this.credentials = credentials;
        this.refused = refused;
        this.webhooks = webhooks;
        this.settings = settings;
        this.clock = clock;
    }

    /** The most urgent first; what nothing waits in is left out. */
    public List<Matter> of(Principal asking) {
        var now = clock.instant();
        var visible = Visibility.of(asking);
        var own = Visibility.asAdmin(asking);
        var roles = asking.roles();
        var matters = new ArrayList<Matter>();
        if (isAny(roles, Role.MODERATOR, Role.ADMIN, Role.SUPER_ADMIN)) {
            matters.add(switchesOff(visible));
        }
        matters.add(jobs.decisions(visible));
        matters.add(jobs.left(visible, now.minus(settings.leftFor())));
        var quietSince = now.minus(settings.stuckAfter());
        matters.add(jobs.stuck(visible, quietSince, onSince(KillSwitch.CREATION, quietSince),
                onSince(KillSwitch.ROLLBACK, quietSince)));
        if (isAny(roles, Role.ADMIN, Role.SUPER_ADMIN)) {
            matters.add(deadLetters(own));
        }
        if (isAny(roles, Role.ADVERTISER, Role.ADMIN, Role.SUPER_ADMIN)) {
            matters.add(credentials(own, now));
        }
        matters.add(jobs.planned(visible, now));
        if (isAny(roles, Role.ADVERTISER, Role.ADMIN, Role.SUPER_ADMIN)) {
            matters.add(webhooks(own));
        }
        return matters.stream().filter(matter -> matter.count() > 0).toList();
    }

    private static boolean isAny(Set<Role> roles, Role... those) {
        return Arrays.stream(those).anyMatch(roles::contains);
    }

    private boolean onSince(KillSwitch which, Instant time) {
        var state = switches.state(which);
        var turnedAt = state.turnedAt();
        return state.enabled() && (turnedAt == null || turnedAt.isBefore(time));
    }

    private Matter switchesOff(Visibility visible) {
        var off = Arrays.stream(KillSwitch.values()).filter(which -> !switches.isOn(which)).map(which -> {
            var state = switches.state(which);
            return new Item(which.wireName(), state.turnedBy() == null ? "" : state.turnedBy(), state.turnedAt(),
                    state.reason() == null ? "" : state.reason(), waiting(which, visible));
        }).toList();
        return counted(Kind.SWITCH_OFF, off.size(), off);
    }

    /** Null: requests wait on their topic, and nobody has counted them. */
    private @Nullable Integer waiting(KillSwitch which, Visibility visible) {
        return switch (which) {
            case INTAKE -> null;
            case CREATION -> Integer.valueOf(jobs.creating(visible));
            case ROLLBACK -> Integer.valueOf(jobs.rollingBack(visible));
        };
    }

    private Matter deadLetters(Visibility visible) {
        var groups = letters.groups(visible, ANY);
        return counted(Kind.DEAD_LETTERS, groups.stream().mapToInt(LetterGroup::count).sum(), groups.stream()
                .limit(Matter.ITEMS_MAX)
                .map(group -> new Item(group.topic(), group.reasonKind(), group.oldest(), group.advice(),
                        group.count()))
                .toList());
    }

    private Matter credentials(Visibility visible, Instant now) {
        var soon = now.plus(settings.tokenEndsWithin());
        var refusals = refused.all(visible);
        var found = credentials.list(one -> visible.covers(one.name().tenant(), one.owner())
                && (!one.readable() || isRefused(one, refusals) || endsBefore(one, soon)), null,
                Matter.COUNTED_MAX + 1);
        return counted(Kind.CREDENTIAL, found.size(), found.stream()
                .map(one -> isRefused(one, refusals)
                        ? item(one, refusals.get(one.name()),
                                "Facebook does not take the token any more: store a new one.")
                        : item(one, one.tokenExpiresAt(),
                                !one.readable() ? "The key does not open it: store the token anew."
                                        : endsBefore(one, now) ? "The token has ended: store a new one."
                                                : "The token ends soon: store a new one."))
                .sorted(Comparator.comparing(Item::since, Comparator.nullsFirst(Comparator.naturalOrder())))
                .limit(Matter.ITEMS_MAX)
                .toList());
    }

    private static Item item(StoredCredential one, @Nullable Instant since, String detail) {
        return new Item(one.name().id(), one.name().tenant(), since, detail, null);
    }

    /** What was stored since is another token. */
    private static boolean isRefused(StoredCredential one, Map<CredentialName, Instant> refusals) {
        var toldAt = refusals.get(one.name());
        return toldAt != null && one.readable() && toldAt.isAfter(one.storedAt());
    }

    private static boolean endsBefore(StoredCredential one, Instant time) {
        var end = one.tokenExpiresAt();
        return end != null && end.isBefore(time);
    }

    private Matter webhooks(Visibility visible) {
        var failing = webhooks.failing(visible, Matter.COUNTED_MAX + 1);
        return counted(Kind.WEBHOOK, failing.size(), failing.stream().limit(Matter.ITEMS_MAX)
                .map(one -> new Item(one.id().toString(), host(one), one.lastFailedAt(),
                        one.lastError() == null ? "" : one.lastError(), null))
                .toList());
    }

    /** What stands behind it may be secret. */
    private static String host(RegisteredWebhook webhook) {
        var host = URI.create(webhook.address()).getHost();
        return host == null ? "" : host;
    }

    private static Matter counted(Kind kind, int count, List<Item> items) {
        return new Matter(kind, Math.min(count, Matter.COUNTED_MAX), count > Matter.COUNTED_MAX, items);
    }
}
