package io.campaignlauncher.launchfile;

import io.campaignlauncher.launchfile.sheet.UnreadableSheet.Reason;
import io.campaignlauncher.job.request.LaunchJson;
import io.campaignlauncher.job.request.MediaReferences;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What was read of a file. */
public sealed interface LaunchFile {

    /** Of its bytes, in hex; of as many as were read, where it is {@linkplain Reason#TOO_LARGE too large}. */
    String sha256();

    /**
     * A file of which nothing is read.
     *
     * @param sentence why, and what to do
     */
    record Refused(String sha256, Reason reason, String sentence) implements LaunchFile {}

    /**
     * What a file asks for, as far as it can be told, and all that keeps it from being launched.
     *
     * @param format          how the file is written, for people
     * @param rows            below the headers that hold something
     * @param mistakes          the first 1,000
     * @param furtherMistakes   how many more there are
     * @param dates           that somebody should look at
     * @param currencyDecides whether amounts are there that mean nothing without the account's currency: they stand as
     *                        they were read
     * @param timeZoneDecides the same of times, and the account's time zone
     */
    record Preview(String sha256, String format, int rows, List<Campaign> campaigns, List<CellMistake> mistakes,
            long furtherMistakes, List<ShownDate> dates, boolean currencyDecides, boolean timeZoneDecides)
            implements
                LaunchFile {

        public Preview {
            campaigns = List.copyOf(campaigns);
            mistakes = List.copyOf(mistakes);
            dates = List.copyOf(dates);
        }

        /** Images and videos that its ads name by their files, each once. */
        public List<MediaReferences.Named> media() {
            return campaigns.stream()
                    .map(campaign -> LaunchJson.read(campaign.launch(), campaign.idempotencyKey(), new ArrayList<>()))
                    .flatMap(launch -> MediaReferences.files(launch).stream()).distinct().toList();
        }

        public boolean launchable() {
            return mistakes.isEmpty() && !currencyDecides && !timeZoneDecides;
        }
    }

    /**
     * A campaign of a file.
     *
     * @param row            the first that names it
     * @param idempotencyKey the same for the same file and the same name
     * @param launch         the body of its launch, without {@code userId}, {@code adAccountId} and
     *                       {@code credentialId}; entries may share values, so that who changes one copies it first
     */
    record Campaign(String name, int row, int adSets, int ads, String idempotencyKey, ObjectNode launch) {}
}
