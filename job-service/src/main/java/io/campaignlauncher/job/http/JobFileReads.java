package io.campaignlauncher.job.http;

import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.request.LaunchJson;
import io.campaignlauncher.job.request.ResolvedMedia;
import io.campaignlauncher.launchfile.Account;
import io.campaignlauncher.launchfile.LaunchFileWriter;
import io.campaignlauncher.launchfile.ListedLaunch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/jobs/{jobId}/file}: what a job asked for, as a file that Ads Manager imports. */
final class JobFileReads {

    /** By their paths, what no column of such a file can say. */
    static final String LEFT_OUT = "Launch-File-Left-Out";

    private static final int LEFT_OUT_MAX = 20;
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_16LE);

    private final JobsAsAccepted jobs;

    JobFileReads(JobsAsAccepted jobs) {
        this.jobs = jobs;
    }

    private record Written(byte[] file, List<String> leftOut) {}

    Mono<ServerResponse> file(ServerRequest request) {
        var jobId = PathJobId.of(request);
        var account = FileAccount.whole(request);
        return Asking.visibility(request)
                .flatMap(visible -> Blocking.call(() -> written(jobs.job(jobId, visible), account)))
                .flatMap(written -> answer(jobId, written));
    }

    private static Mono<ServerResponse> answer(UUID jobId, Written written) {
        var answer = ServerResponse.ok().contentType(CSV).header(HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(jobId + ".csv").build().toString());
        if (!written.leftOut().isEmpty()) {
            answer.header(LEFT_OUT, written.leftOut().stream().limit(LEFT_OUT_MAX)
                    .map(path -> URLEncoder.encode(path, StandardCharsets.UTF_8)).collect(Collectors.joining(", ")));
        }
        return answer.bodyValue(written.file());
    }

    private static Written written(JobState state, Account account) throws IOException {
        var request = ResolvedMedia.in(state.terms().request(), state.terms().media()).withMediaOf(null);
        var file = new ByteArrayOutputStream();
        var leftOut = new LaunchFileWriter(account)
                .write(List.of(ListedLaunch.of(LaunchJson.write(request), state.plan())), file).leftOut();
        return new Written(file.toByteArray(), leftOut);
    }
}
