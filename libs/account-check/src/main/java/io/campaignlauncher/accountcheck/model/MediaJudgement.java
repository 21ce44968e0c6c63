package io.campaignlauncher.accountcheck.model;

import static io.campaignlauncher.schemas.CheckOutcome.FAILED;
import static io.campaignlauncher.schemas.CheckOutcome.NOT_REACHED;
import static io.campaignlauncher.schemas.CheckOutcome.PASSED;

import io.campaignlauncher.accountcheck.model.MediaFacts.Stage;
import io.campaignlauncher.accountcheck.model.MediaFacts.State;
import io.campaignlauncher.schemas.Check;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.MediaFile;
import io.campaignlauncher.schemas.MediaType;
import io.campaignlauncher.schemas.PreVerificationReported;
import io.campaignlauncher.schemas.VerificationOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says whether images and videos keep a launch from beginning, beside what the account says. */
public final class MediaJudgement {

    /** A video that is encoded is asked about again after this, twice as long each time. */
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);
    private static final Duration AGAIN_AFTER_MAX = Duration.ofMinutes(1);
    private static final int DOUBLED_MAX = 10;
    private static final int TOLD_MAX = 20;

    private MediaJudgement() {}

    /**
     * @param account     what the account says
     * @param facts       nothing is added where none were asked about
     * @param hiddenUntil until then reads may miss what was uploaded, so that nothing counts as missing; null: they show it
     */
    public static PreVerificationReported added(PreVerificationReported account, MediaFacts facts,
            @Nullable Instant hiddenUntil, Instant now) {
        if (facts.files().isEmpty()) {
            return account;
        }
        var checks = new ArrayList<>(account.getChecks());
        Stream.of(MediaType.IMAGE, MediaType.VIDEO).map(type -> of(facts, type))
                .filter(files -> !files.isEmpty()).map(files -> check(files, hiddenUntil == null)).forEach(checks::add);
        var report = PreVerificationReported.newBuilder(account).setChecks(checks)
                .setHttpCalls(account.getHttpCalls() + facts.httpCalls())
                .setMedia(at(facts.files(), Stage.READY).map(MediaFacts.Read::file).toList());
        if (checks.stream().anyMatch(check -> check.getOutcome() == FAILED)) {
            return report.setOutcome(VerificationOutcome.REFUSED).setFault(null).build();
        }
        if (account.getOutcome() != VerificationOutcome.PASSED) {
            return report.build();
        }
        var faults = facts.files().stream().flatMap(MediaJudgement::fault).toList();
        if (!faults.isEmpty()) {
            return report.setOutcome(VerificationOutcome.INCONCLUSIVE).setFault(Faults.worst(faults).orElseThrow())
                    .build();
        }
        var missing = at(facts.files(), Stage.MISSING).map(MediaFacts.Read::file).toList();
        if (hiddenUntil != null && !missing.isEmpty()) {
            return later(report, "Facebook may not show yet: " + named(missing), hiddenUntil);
        }
        var encoded = facts.files().stream().filter(MediaJudgement::isOnItsWay).map(MediaFacts.Read::file).toList();
        return encoded.isEmpty() ? report.build()
                : later(report, "a video is still encoded by Facebook: " + named(encoded),
                        now.plus(pause(account.getAttempt())));
    }

    private static PreVerificationReported later(PreVerificationReported.Builder report, String why, Instant readyAt) {
        return report.setOutcome(VerificationOutcome.INCONCLUSIVE)
                .setFault(GraphFault.newBuilder().setKind(ErrorKind.TEMPORARY).setMessage(why).build())
                .setReadyAt(readyAt).build();
    }

    private static Duration pause(int attempt) {
        var pause = AGAIN_AFTER.multipliedBy(1L << Math.clamp(attempt - 1L, 0, DOUBLED_MAX));
        return pause.compareTo(AGAIN_AFTER_MAX) > 0 ? AGAIN_AFTER_MAX : pause;
    }

    private static List<MediaFacts.Read> of(MediaFacts facts, MediaType type) {
        return facts.files().stream().filter(read -> read.file().getType() == type).toList();
    }

    private static Check check(List<MediaFacts.Read> files, boolean missingCounts) {
        boolean videos = files.getFirst().file().getType() == MediaType.VIDEO;
        var name = videos ? "videos_ready" : "images_present";
        var missing = at(files, Stage.MISSING).map(MediaFacts.Read::file).toList();
        var broken = at(files, Stage.BROKEN).toList();
        var sentences = new ArrayList<String>();
        if (missingCounts && !missing.isEmpty()) {
            sentences.add("Not in the ad account, or not any more: " + named(missing) + ".");
        }
        broken.stream().limit(TOLD_MAX).forEach(read -> sentences.add("Facebook cannot show "
                + read.file().getReference() + ": " + why(read) + "."));
        if (!sentences.isEmpty()) {
            return new Check(name, FAILED, String.join(" ", sentences));
        }
        return new Check(name, at(files, Stage.READY).count() == files.size() ? PASSED : NOT_REACHED, "");
    }

    private static String why(MediaFacts.Read read) {
        return read.state() instanceof ReadResult.Known<State>(var state) && !state.why().isBlank() ? state.why()
                : "no reason was given";
    }

    private static Stream<MediaFacts.Read> at(List<MediaFacts.Read> files, Stage stage) {
        return files.stream().filter(
                read -> read.state() instanceof ReadResult.Known<State>(var state) && state.stage() == stage);
    }

    private static boolean isOnItsWay(MediaFacts.Read read) {
        return read.state() instanceof ReadResult.Known<State>(var state)
                && (state.stage() == Stage.ENCODED || state.stage() == Stage.UPLOADED);
    }

    private static Stream<GraphFault> fault(MediaFacts.Read read) {
        return read.state() instanceof ReadResult.Unreadable<State>(var fault) ? Stream.of(fault) : Stream.empty();
    }

    private static String named(List<MediaFile> files) {
        var names = files.stream().limit(TOLD_MAX).map(MediaFile::getReference).toList();
        return String.join(", ", names)
                + (files.size() > TOLD_MAX ? " and " + (files.size() - TOLD_MAX) + " more" : "");
    }
}
