package io.campaignlauncher.console.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * What is in a file of a media buyer.
 *
 * @param format    how it is written, for people
 * @param needs     what has to be said of the ad account before it can be launched
 * @param mistakes  wrong cells
 * @param further   how many more there are
 * @param dates     that somebody should look at
 * @param otherCurrency that the ad account has, where the file was read in another; empty: none
 */
public record FilePreview(String sha256, String format, int rows, List<String> needs, List<Campaign> campaigns,
        List<Cell> mistakes, long further, List<Date> dates, List<Media> media, String otherCurrency) {

    private static final int CELLS_AT_ONCE = 100;

    /**
     * A campaign of it.
     *
     * @param launch   the body of its launch
     * @param looked   whether the ad account was looked at for it
     * @param price    a day, or over its run; empty: not known
     * @param blockers what stands against it
     */
    public record Campaign(String name, int row, int adSets, int ads, JsonNode launch, boolean looked, String price,
            List<String> blockers) {

        public Campaign {
            blockers = List.copyOf(blockers);
        }
    }

    /** A cell that is wrong. */
    public record Cell(String place, String column, String read, String sentence) {}

    /** A day as it was read. */
    public record Date(String place, String read, String meant) {}

    /** A file that ads show. @param missing whether nobody has sent it yet */
    public record Media(String name, boolean video, boolean missing) {}

    /** So many wrong cells at a time. */
    public record CellPage(int from, int to, List<Cell> cells) {

        public CellPage {
            cells = List.copyOf(cells);
        }
    }

    public FilePreview {
        needs = List.copyOf(needs);
        campaigns = List.copyOf(campaigns);
        mistakes = List.copyOf(mistakes);
        dates = List.copyOf(dates);
        media = List.copyOf(media);
    }

    /** @param answer of {@code POST /v1/files} */
    public static FilePreview of(JsonNode answer) {
        return new FilePreview(Launches.text(answer, "sha256"), Launches.text(answer, "format"),
                answer.path("rows").asInt(0), answer.path("needs").valueStream().map(JsonNode::asString).toList(),
                answer.path("campaigns").valueStream().map(one -> new Campaign(Launches.text(one, "name"),
                        one.path("row").asInt(0), one.path("adSets").asInt(0), one.path("ads").asInt(0),
                        one.path("launch"), false, "", List.of())).toList(),
                answer.path("mistakes").valueStream().map(one -> new Cell(place(one), Launches.text(one, "column"),
                        Launches.text(one, "read"), Launches.text(one, "sentence"))).toList(),
                answer.path("furtherMistakes").asLong(0),
                answer.path("dates").valueStream().map(one -> new Date(
                        "row " + one.path("row").asInt(0) + ", " + Launches.text(one, "column"),
                        Launches.text(one, "read"), Launches.text(one, "inWords"))).toList(),
                answer.path("media").valueStream().map(one -> new Media(Launches.text(one, "name"),
                        Launches.text(one, "type").equals("VIDEO"), false)).toList(),
                "");
    }

    private static String place(JsonNode one) {
        return Launches.text(one, "letter") + one.path("row").asInt(0);
    }

    /**
     * With what a preview of a campaign says.
     *
     * @param index of the campaign
     */
    public FilePreview with(int index, LaunchPreview preview, String currency) {
        var campaign = campaigns.get(index);
        var blockers = new ArrayList<String>();
        var sent = new ArrayList<>(media);
        for (var blocker : preview.blockers()) {
            var named = at(campaign.launch(), blocker.field());
            if (isMedia(blocker.field()) && !named.isEmpty()) {
                sent.replaceAll(one -> one.name().equals(named) ? new Media(one.name(), one.video(), true) : one);
            } else {
                blockers.add(blocker.message());
            }
        }
        if (!sent.equals(media)) {
            blockers.add("An image or a video is missing.");
        }
        var price = preview.price();
        var money = preview.money();
        boolean otherwise = money.isKnown() && !currency.isEmpty() && !money.currency().equals(currency);
        var daily = price == null ? "" : price.daily().isEmpty() ? price.total() : price.daily() + " a day";
        var looked = new ArrayList<>(campaigns);
        looked.set(index, new Campaign(campaign.name(), campaign.row(), campaign.adSets(), campaign.ads(),
                campaign.launch(), true, daily, blockers));
        return new FilePreview(sha256, format, rows, needs, looked, mistakes, further, dates, sent,
                otherwise ? money.currency() : otherCurrency);
    }

    private static boolean isMedia(String field) {
        return field.endsWith(".image") || field.endsWith(".video");
    }

    /** What stands at a place of a body, as in {@code adSets[1].ads[0].creative}. */
    static String at(JsonNode body, String field) {
        var node = body;
        for (var step : field.split("[.\\[\\]]+")) {
            node = step.matches("\\d{1,6}") ? node.path(Integer.parseInt(step)) : node.path(step);
        }
        return node.isString() ? node.asString() : "";
    }

    public boolean isGood() {
        return mistakes.isEmpty() && needs.isEmpty();
    }

    /** Whether it may be launched as it is. */
    public boolean isLaunchable() {
        return isGood() && !campaigns.isEmpty() && missing().isEmpty() && otherCurrency.isEmpty();
    }

    /** Images and videos that nobody has sent yet. */
    public List<Media> missing() {
        return media.stream().filter(Media::missing).toList();
    }

    public boolean isLookedAt() {
        return campaigns.stream().allMatch(Campaign::looked);
    }

    public int adSets() {
        return campaigns.stream().mapToInt(Campaign::adSets).sum();
    }

    public int ads() {
        return campaigns.stream().mapToInt(Campaign::ads).sum();
    }

    /** The wrong cells, a hundred at a time. */
    public List<CellPage> cells() {
        return IntStream.iterate(0, from -> from < mistakes.size(), from -> from + CELLS_AT_ONCE)
                .mapToObj(from -> {
                    int to = Math.min(from + CELLS_AT_ONCE, mistakes.size());
                    return new CellPage(from + 1, to, mistakes.subList(from, to));
                }).toList();
    }

    /** What has to be said of the account, as people call it. */
    public String needed() {
        var words = Map.of("currency", "the currency", "timeZone", "the time zone");
        return String.join(" and ", needs.stream().map(need -> words.getOrDefault(need, need)).toList());
    }
}
