package io.campaignlauncher.job.http;

import io.campaignlauncher.access.http.BodyBytes;
import io.campaignlauncher.access.http.OtherBodies;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.MediaReferences;
import io.campaignlauncher.launchfile.CellMistake;
import io.campaignlauncher.launchfile.LaunchFile;
import io.campaignlauncher.launchfile.LaunchFileReader;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Files of media buyers. {@code POST /v1/files} shows what is in one, and {@code POST /v1/files/{sha256}/launch} launches each of its
 * campaigns. Nothing of a file is kept: who launches sends it once more, and its hash says that it is the one that was looked at.
 */
final class FileRoutes {

    static final OtherBodies BODIES = new OtherBodies(
            Pattern.compile("/v1/files(/[^/?]*/launch)?(\\?.*)?").asMatchPredicate());
    /** None of these does a web page send unasked. What a file is is told by its content. */
    private static final Set<MediaType> TYPES = Set.of(new MediaType("text", "csv"),
            MediaType.APPLICATION_OCTET_STREAM,
            new MediaType("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
    /** Whoever sends slowly takes one of these places, so that two of them hold up nobody. */
    private static final int RECEIVED_AT_ONCE = 16;
    /** What a file becomes takes far more memory than the file. */
    private static final int READ_AT_ONCE = 2;
    private static final String BUSY = "Other files are being read; send this one again.";

    private final JobIntake intake;
    private final Places receiving = new Places(RECEIVED_AT_ONCE, BUSY);
    private final Places reading = new Places(READ_AT_ONCE, BUSY);

    FileRoutes(JobIntake intake) {
        this.intake = intake;
    }

    private record Launch(String campaign, LaunchRequest request) {}

    Mono<ServerResponse> preview(ServerRequest request) {
        return read(request).flatMap(preview -> Responses.ok(shown(preview)));
    }

    /** All campaigns are looked at before the first is taken; the same file again is the same jobs. */
    Mono<ServerResponse> launch(ServerRequest request) {
        var sha256 = request.pathVariable("sha256");
        return Asking.principal(request).flatMap(asking -> read(request).delayUntil(_ -> intake.ready())
                .map(preview -> launches(request, asking, sha256, preview))
                .flatMapMany(Flux::fromIterable)
                .concatMap(launch -> intake.take(launch.request(), Visibility.of(asking))
                        .map(taken -> taken(launch, taken)))
                .collectList()
                .flatMap(jobs -> Responses.accepted(Map.of("jobs", jobs), null)));
    }

    private static Map<String, Object> taken(Launch launch, JobIntake.Taken taken) {
        var job = new LinkedHashMap<String, Object>();
        job.put("campaign", launch.campaign());
        job.put("jobId", taken.jobId());
        job.put("status", taken.status());
        job.put("before", taken.before());
        return job;
    }

    private Mono<LaunchFile.Preview> read(ServerRequest request) {
        var options = new LaunchFileReader.Options(FileAccount.of(request),
                request.queryParam("numberRepeatedNames").map(Boolean::parseBoolean).orElse(false));
        return Mono.defer(() -> {
            if (!isFile(request)) {
                return Mono.error(Problem.noFile());
            }
            var received = BodyBytes.of(request, LaunchFileReader.BYTES_MAX)
                    .defaultIfEmpty(new byte[0])
                    .map(bytes -> ContentEncoding.of(request).unpacked(bytes, LaunchFileReader.BYTES_MAX));
            return receiving.within(received).flatMap(bytes -> reading.within(Blocking
                    .call(() -> new LaunchFileReader(options).read(new ByteArrayInputStream(bytes)))));
        }).map(file -> switch (file) {
            case LaunchFile.Preview preview -> preview;
            case LaunchFile.Refused refused -> throw Problem.badRequest("file", refused.sentence());
        });
    }

    private static boolean isFile(ServerRequest request) {
        return RawBody.type(request).filter(type -> TYPES.stream().anyMatch(type::equalsTypeAndSubtype)).isPresent();
    }

    private static Map<String, Object> shown(LaunchFile.Preview preview) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("sha256", preview.sha256());
        shown.put("format", preview.format());
        shown.put("rows", preview.rows());
        shown.put("launchable", preview.launchable());
        shown.put("needs", needs(preview).stream().map(Violation::field).toList());
        shown.put("campaigns", preview.campaigns());
        shown.put("mistakes", preview.mistakes());
        shown.put("furtherMistakes", preview.furtherMistakes());
        shown.put("dates", preview.dates());
        shown.put("media", preview.media());
        return shown;
    }

    private static List<Violation> needs(LaunchFile.Preview preview) {
        var needs = new ArrayList<Violation>();
        if (preview.currencyDecides()) {
            needs.add(
                    new Violation(FileAccount.CURRENCY, "is needed: the file has amounts, of the account's currency"));
        }
        if (preview.timeZoneDecides()) {
            needs.add(
                    new Violation(FileAccount.TIME_ZONE, "is needed: the file has times, of the account's time zone"));
        }
        return needs;
    }

    private List<Launch> launches(ServerRequest request, Principal asking, String sha256,
            LaunchFile.Preview preview) {
        if (!preview.sha256().equals(sha256)) {
            throw Problem.badRequest("sha256", "is not that of the file that was sent, which is " + preview.sha256());
        }
        var found = new ArrayList<>(needs(preview));
        preview.mistakes().stream().map(FileRoutes::violation).forEach(found::add);
        var launches = new ArrayList<Launch>();
        for (var campaign : preview.campaigns()) {
            var body = campaign.launch().deepCopy();
            for (var name : List.of("userId", "adAccountId", "credentialId")) {
                body.put(name, request.queryParam(name).orElse(""));
            }
            var mistakes = new ArrayList<Violation>();
            var launch = intake.read(body, asking, campaign.idempotencyKey(), mistakes);
            // Whoever sends the images of a file calls their upload after it.
            launches.add(new Launch(campaign.name(), MediaReferences.files(launch).isEmpty() ? launch
                    : launch.withMediaOf(request.queryParam("mediaUpload").orElse(sha256))));
            mistakes.stream().map(one -> new Violation("row " + campaign.row() + ", " + one.field(), one.message()))
                    .forEach(found::add);
        }
        if (!found.isEmpty()) {
            throw Problem.badRequest(found);
        }
        return launches;
    }

    private static Violation violation(CellMistake mistake) {
        return new Violation(mistake.letter() + mistake.row() + " " + mistake.column(),
                mistake.sentence() + " Read was: " + mistake.read());
    }
}
