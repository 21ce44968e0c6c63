package io.campaignlauncher.simulation;

import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.MediaType;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.ListedAd;
import io.campaignlauncher.schemas.ListedAdSet;
import io.campaignlauncher.simulation.engine.Figures;
import io.campaignlauncher.simulation.engine.SeededRandom;
import io.campaignlauncher.simulator.core.VideoStatus;
import io.campaignlauncher.simulator.core.WorldView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who names images and videos in creatives, what is known of them, and what they are like in their account. The dice are of their own,
 * so that runs in which nobody names any are as they were.
 */
final class Media {

    private static final double NAMING = 0.3;
    private static final double NAMED_BEFORE = 0.2;
    private static final double OWN_CREATIVE = 0.5;
    private static final String UPLOAD = "upload-1";
    private static final String IMAGE_OF_NOBODY = "0".repeat(32);
    private static final String VIDEO_OF_NOBODY = "999999999999999999";
    private static final Pattern NOT_UPLOADED = Pattern.compile("that was uploaded to|of the upload");
    static final String WAITED = "looks at media that were not ready";
    static final String ENDED = "launches ended for their media";

    private final World world;
    private final SeededRandom random;
    /** By account. */
    private final Map<String, List<NamedFile>> files = new HashMap<>();
    private final Map<String, Naming> named = new HashMap<>();
    private int numbers;
    private int waited;
    private int ended;

    /** What the creatives of an order name. @param own of ads with a creative of their own, by number */
    private record Naming(List<NamedFile> everyAd, Map<Integer, List<NamedFile>> own) {

        static final Naming NONE = new Naming(List.of(), Map.of());

        List<NamedFile> all() {
            var all = new ArrayList<>(everyAd);
            own.values().forEach(all::addAll);
            return all;
        }

        List<NamedFile> ofAd(int number) {
            return own.getOrDefault(number, everyAd);
        }
    }

    Media(World world, SeededRandom random) {
        this.world = world;
        this.random = random;
    }

    /** The order as somebody asks for it. */
    Order drawn(Order order) {
        return isQuiet() || !random.chance(NAMING) ? order : naming(order);
    }

    /** A run with some faults alone is to show what those lead to. */
    private boolean isQuiet() {
        return !world.settings().only().isEmpty();
    }

    private Order naming(Order order) {
        var everyAd = new ArrayList<NamedFile>();
        var own = new HashMap<Integer, List<NamedFile>>();
        var request = CreateCampaign.newBuilder(order.request()).setMediaUpload(UPLOAD)
                .setAd(new AdSpec(creative(order, everyAd), Map.of()));
        var adSets = new ArrayList<ListedAdSet>();
        int number = 0;
        for (var adSet : order.request().getAdSets()) {
            var ads = new ArrayList<ListedAd>();
            for (var ad : adSet.getAds()) {
                number++;
                ads.add(random.chance(OWN_CREATIVE) ? ListedAd.newBuilder(ad)
                        .setCreative(creative(order, own.computeIfAbsent(number, _ -> new ArrayList<>()))).build()
                        : ad);
            }
            adSets.add(ListedAdSet.newBuilder(adSet).setAds(ads).build());
        }
        named.put(order.jobId(), new Naming(everyAd, own));
        return order.asking(request.setAdSets(adSets).build());
    }

    private String creative(Order order, List<NamedFile> naming) {
        var link = "\"link\":\"https://example.com\"";
        return switch (random.upTo(5)) {
            case 0 -> story("link_data", link + "," + image(order, naming));
            case 1 -> story("link_data", link + ",\"child_attachments\":[{" + link + "," + image(order, naming) + "},{"
                    + link + "," + image(order, naming) + "}]");
            case 2 -> story("video_data", video(order, naming));
            case 3 -> story("video_data", video(order, naming) + "," + image(order, naming));
            default -> "{\"asset_feed_spec\":{\"images\":[{" + image(order, naming) + "}],\"videos\":[{"
                    + video(order, naming) + "}]}}";
        };
    }

    private static String story(String kind, String data) {
        return "{\"object_story_spec\":{\"page_id\":\"1000000001\",\"" + kind + "\":{" + data + "}}}";
    }

    private String image(Order order, List<NamedFile> naming) {
        return "\"image\":\"" + named(order, MediaType.IMAGE, naming) + "\"";
    }

    private String video(Order order, List<NamedFile> naming) {
        return "\"video\":\"" + named(order, MediaType.VIDEO, naming) + "\"";
    }

    private String named(Order order, MediaType type, List<NamedFile> naming) {
        var ofAccount = files.computeIfAbsent(order.account(), _ -> new ArrayList<>());
        var before = ofAccount.stream().filter(file -> file.type() == type).toList();
        var file = !before.isEmpty() && random.chance(NAMED_BEFORE) ? random.oneOf(before)
                : NamedFile.drawn(random, ++numbers, type);
        if (!ofAccount.contains(file)) {
            ofAccount.add(file);
        }
        naming.add(file);
        return file.reference();
    }

    /** Everything is uploaded before anybody asks for a launch. */
    void upload(Facebook facebook) {
        files.forEach((account, all) -> all.forEach(file -> file.upload(facebook, account)));
    }

    /** What the job-service has noted of these. */
    List<MediaFile> known(LaunchRequest request, Set<String> references) {
        return files.getOrDefault(request.adAccountId(), List.of()).stream()
                .filter(file -> references.contains(file.reference()) && file.isKnown())
                .map(file -> new MediaFile(file.reference(), file.type(), idOf(file), null)).toList();
    }

    private static String idOf(NamedFile file) {
        return file.facebookId() != null ? file.facebookId()
                : file.type() == MediaType.IMAGE ? IMAGE_OF_NOBODY : VIDEO_OF_NOBODY;
    }

    /** Whether Facebook can show everything that the launch names now. */
    boolean mayBegin(Order order) {
        var all = named.getOrDefault(order.jobId(), Naming.NONE).all();
        if (all.isEmpty()) {
            return true;
        }
        var view = world.facebook().view();
        return all.stream().allMatch(file -> isReady(view, order.account(), file));
    }

    private static boolean isReady(WorldView view, String account, NamedFile file) {
        return file.isKnown() && switch (file.type()) {
            case IMAGE -> view.images(account).stream().anyMatch(image -> image.hash().equals(file.facebookId()));
            case VIDEO -> view.videos(account).stream().anyMatch(video -> video.id().equals(file.facebookId())
                    && video.status() == VideoStatus.READY);
        };
    }

    /** Whether the creative of this ad shows what was named for it, and nothing of how it was named. */
    boolean isShown(Order order, int number, String adId) {
        var shown = world.facebook().view().creative(adId).toString();
        return named.getOrDefault(order.jobId(), Naming.NONE).ofAd(number).stream()
                .allMatch(file -> shown.contains("\"" + file.facebookId() + "\"")
                        && !shown.contains(file.reference()));
    }

    /** Whether no ad can ever show the files that this reason tells of. */
    boolean mayFailFor(Order order, String reason) {
        return toldIn(order.jobId(), reason).allMatch(NamedFile::isUseless);
    }

    /** Of one that is not known a reason tells the field, and not the name. */
    private Stream<NamedFile> toldIn(String jobId, String reason) {
        var all = named.getOrDefault(jobId, Naming.NONE).all();
        var unknown = all.stream().filter(file -> !file.isKnown()).toList();
        return NOT_UPLOADED.matcher(reason).find() ? (unknown.isEmpty() ? all : unknown).stream()
                : all.stream().filter(file -> reason.contains(file.reference()));
    }

    /** An event of the job was appended. */
    void happened(String jobId, JobEvent event) {
        switch (event) {
            case JobEvent.PreVerificationCompleted(var report) when report.readyAt() != null -> waited++;
            case JobEvent.JobFailed(var reasons, _) ->
                ended += toldIn(jobId, String.join(" ", reasons)).findAny().isPresent() ? 1 : 0;
            default -> {
            }
        }
    }

    /** What is counted, in order. */
    static List<String> counted() {
        return List.of(WAITED, ENDED);
    }

    void count(Figures figures) {
        figures.count(WAITED, waited);
        figures.count(ENDED, ended);
    }
}
