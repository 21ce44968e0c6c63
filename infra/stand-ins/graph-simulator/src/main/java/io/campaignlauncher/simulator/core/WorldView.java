package io.campaignlauncher.simulator.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * What really exists on the simulated Facebook, at once and without lag, limits or faults; and the hand of fate for tests:
 * what somebody else might do there. Lists hold what is not deleted, oldest first.
 */
public final class WorldView {

    /**
     * How much there is below one campaign name.
     *
     * @param duplicates ad sets and ads beyond the first of their name in the same campaign, and campaigns beyond the first
     */
    public record Count(int campaigns, int adSets, int ads, int duplicates) {}

    private final GraphSimulator simulator;
    private final GraphWorld world;

    WorldView(GraphSimulator simulator, GraphWorld world) {
        this.simulator = simulator;
        this.world = world;
    }

    public List<Existing> campaigns(String account) {
        return locked(() -> list(of(account).live(ObjectKind.CAMPAIGN).values()));
    }

    public List<Existing> campaigns(String account, String name) {
        return locked(() -> list(named(account, name)));
    }

    public List<Existing> adSets(String campaignId) {
        return locked(() -> children(campaignId, ObjectKind.AD_SET));
    }

    /** The ads of a campaign or of an ad set. */
    public List<Existing> ads(String campaignOrAdSetId) {
        return locked(() -> children(campaignOrAdSetId, ObjectKind.AD));
    }

    /** What the creative of an ad says, by field; empty: there is none. */
    public Map<String, JsonNode> creative(String adId) {
        return locked(() -> {
            var ad = world.find(Ids.number(adId));
            return ad == null || ad.creative == null ? Map.of() : ad.creative.fields;
        });
    }

    public Count count(String account, String campaignName) {
        return locked(() -> {
            int adSets = 0;
            int ads = 0;
            var campaigns = named(account, campaignName);
            int duplicates = Math.max(0, campaigns.size() - 1);
            for (var campaign : campaigns) {
                adSets += campaign.children(ObjectKind.AD_SET).size();
                ads += campaign.children(ObjectKind.AD).size();
                duplicates += duplicates(campaign);
            }
            return new Count(campaigns.size(), adSets, ads, duplicates);
        });
    }

    public List<StoredImage> images(String account) {
        return locked(() -> of(account).images.values().stream()
                .map(image -> new StoredImage(image.whole().path("hash").asString(""),
                        image.whole().path("name").asString(""), image.bytes()))
                .toList());
    }

    /** Those that are being uploaded too. */
    public List<StoredVideo> videos(String account) {
        return locked(() -> of(account).live(ObjectKind.VIDEO).values().stream().map(this::stored).toList());
    }

    private StoredVideo stored(GraphObject object) {
        var video = Objects.requireNonNull(object.video);
        return new StoredVideo(object.id(), object.name, video.size, video.received(), video.sha256Hex(),
                video.status(now()));
    }

    /** How many of a kind an account has. */
    public int count(String account, ObjectKind kind) {
        return locked(() -> of(account).live(kind).size());
    }

    /** An object that was ever stored, deleted ones too. */
    public Optional<Existing> object(String id) {
        return locked(() -> Optional.ofNullable(world.find(Ids.number(id))).map(object -> Existing.of(object, now())));
    }

    /** How many objects were ever stored, in all accounts, deleted ones too. */
    public int stored() {
        return locked(world::objects);
    }

    /** See {@code account_status} in graph-api.md section 2. */
    public void accountStatus(String account, int status) {
        locked(() -> of(account).status = status);
    }

    /** Where the account is from now on; objects keep the numbers that their budgets are. */
    public void place(String account, AccountPlace place) {
        locked(() -> of(account).place = place);
    }

    public AccountPlace place(String account) {
        return locked(() -> of(account).place);
    }

    /** 0: no bound. */
    public void mutationsPerSecondMax(String account, int max) {
        locked(() -> {
            of(account).limits.mutationsPerSecondMax(max);
            return true;
        });
    }

    /** Refuses an account's calls from now on for as long as told. */
    public void limit(String account, RateLimit limit, java.time.Duration during) {
        locked(() -> {
            of(account).limits.limit(limit, now().plus(during));
            return true;
        });
    }

    /** Ends every limit of an account and forgets what it used. */
    public void liftLimits(String account) {
        locked(() -> {
            of(account).limits.lift();
            return true;
        });
    }

    /** Somebody else deletes an object. */
    public void delete(String id) {
        locked(() -> {
            world.delete(existing(id), now());
            return true;
        });
    }

    /** Somebody else renames an object. */
    public void rename(String id, String name) {
        locked(() -> {
            world.rename(existing(id), name);
            return true;
        });
    }

    /** The object shows this effective status from now on, e.g. DISAPPROVED. */
    public void review(String id, String effectiveStatus) {
        locked(() -> {
            existing(id).oddStatus = effectiveStatus;
            existing(id).oddStatusFrom = Instant.MIN;
            return true;
        });
    }

    /** Everything is gone, deleted objects and limits too, as if nobody had called yet. Ids are not used again. */
    public void clear() {
        locked(() -> {
            world.clear();
            return true;
        });
    }

    private <T> T locked(Supplier<T> query) {
        synchronized (simulator) {
            return query.get();
        }
    }

    private Instant now() {
        return simulator.latest();
    }

    private Account of(String account) {
        return world.account(account.startsWith("act_") ? account.substring(4) : account, now());
    }

    private GraphObject existing(String id) {
        var object = world.find(Ids.number(id));
        if (object == null) {
            throw new IllegalArgumentException("there is no object " + id);
        }
        return object;
    }

    private List<GraphObject> named(String account, String name) {
        return of(account).live(ObjectKind.CAMPAIGN).values().stream().filter(each -> each.name.equals(name)).toList();
    }

    private List<Existing> children(String id, ObjectKind kind) {
        var owner = world.find(Ids.number(id));
        return owner == null ? List.of() : list(owner.children(kind).values());
    }

    private List<Existing> list(Iterable<GraphObject> objects) {
        var result = new ArrayList<Existing>();
        objects.forEach(object -> result.add(Existing.of(object, now())));
        return result;
    }

    private static int duplicates(GraphObject campaign) {
        var names = new HashSet<String>();
        int duplicates = 0;
        for (var adSet : campaign.children(ObjectKind.AD_SET).values()) {
            duplicates += names.add(adSet.name) ? 0 : 1;
        }
        names.clear();
        for (var ad : campaign.children(ObjectKind.AD).values()) {
            duplicates += names.add(ad.name) ? 0 : 1;
        }
        return duplicates;
    }
}
