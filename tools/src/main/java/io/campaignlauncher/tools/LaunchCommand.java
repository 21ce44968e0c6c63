package io.campaignlauncher.tools;

import io.campaignlauncher.sendonce.BaseUrl;
import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.tools.events.OperationRefused;
import io.campaignlauncher.tools.launch.LaunchedFile;
import io.campaignlauncher.tools.launch.LaunchedJobs;
import io.campaignlauncher.tools.launch.MediaUploads;
import io.campaignlauncher.tools.launch.ServiceApi;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Launches what is in a file, with the images and videos that it names, and follows it to its end. */
@Command(name = "launch", description = {
    "Launches each campaign of a CSV or XLSX file, with the images and videos that it names, and follows all to their end.",
    "The same file again is the same launch: whoever breaks off says the command once more. Exit code 1: not all of it is there." })
final class LaunchCommand implements Callable<Integer> {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "An export of Ads Manager, our template, or a file like them.")
    private Path file = Path.of("");

    @Option(names = "--account", paramLabel = "ACT_ID", required = true, description = "The ad account, e.g. act_1001.")
    private String account = "";

    @Option(names = "--credential", paramLabel = "ID", defaultValue = "default", description = "The stored credential (default: ${DEFAULT-VALUE}).")
    private String credential = "";

    @Option(names = "--user", paramLabel = "ID", defaultValue = "${sys:user.name}", description = "For whom it is launched (default: ${DEFAULT-VALUE}).")
    private String user = "";

    @Option(names = "--currency", paramLabel = "CODE", description = "Of the account, e.g. USD: needed for amounts.")
    private @Nullable String currency;

    @Option(names = "--time-zone", paramLabel = "ZONE", description = "Of the account, e.g. Europe/Berlin: needed for times.")
    private @Nullable String timeZone;

    @Option(names = "--media", paramLabel = "FOLDER", description = "Where the images and videos are (default: where the file is).")
    private @Nullable Path media;

    @Option(names = "--number-repeated-names", description = "A name that was there before gets a number; else it is a mistake.")
    private boolean numberRepeatedNames;

    @Option(names = "--preview", description = "Only shows what is in the file, and every wrong cell.")
    private boolean previewOnly;

    @Option(names = "--api", paramLabel = "URL", defaultValue = "${env:LAUNCH_API:-http://127.0.0.1:8080}", description = "The job-service (default: $LAUNCH_API, else http://127.0.0.1:8080). Must be https, except on this machine.")
    private String apiUrl = "";

    @Option(names = "--token-env", paramLabel = "NAME", description = "The environment variable that holds an API key or an access token (default: none is sent).")
    private @Nullable String tokenVariable;

    @Override
    public Integer call() throws InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw new OperationRefused("there is no file " + file);
        }
        try (var api = new ServiceApi(address(), token())) {
            var launched = new LaunchedFile(api, file,
                    new LaunchedFile.Place(user, account, credential, currency, timeZone, numberRepeatedNames));
            var preview = launched.preview();
            show(preview);
            if (!preview.launchable()) {
                throw new OperationRefused("nothing is launched");
            }
            var files = MediaUploads.find(folder(), preview.media());
            if (previewOnly) {
                return 0;
            }
            upload(new MediaUploads(api, account, credential, preview.sha256()), files);
            return follow(new LaunchedJobs(api, launched.launch(preview.sha256())), preview.entities());
        }
    }

    private URI address() {
        try {
            return BaseUrl.of("api", apiUrl, false);
        } catch (IllegalArgumentException e) {
            throw new OperationRefused("the job-service's address: " + e.getMessage());
        }
    }

    private @Nullable String token() {
        return tokenVariable == null ? null : Environment.of(spec).secret(tokenVariable).strip();
    }

    private Path folder() {
        return media != null ? media : Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of(""));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void show(LaunchedFile.Preview preview) {
        out().println(PlainText.oneLine("%s: %s; %d rows, %d campaigns, %d images and videos".formatted(
                file.getFileName(), preview.format(), preview.rows(), preview.campaigns().size(),
                preview.media().size())));
        preview.campaigns().forEach(campaign -> out().println(PlainText.oneLine("  %s: %d ad sets, %d ads"
                .formatted(campaign.name(), campaign.adSets(), campaign.ads()))));
        var err = spec.commandLine().getErr();
        preview.mistakes().forEach(mistake -> err.println(PlainText.oneLine(mistake)));
        if (preview.further() > 0) {
            err.println("and " + preview.further() + " more wrong cells");
        }
        preview.needs().forEach(need -> err.println("the file needs the account's "
                + (need.equals("timeZone") ? "time zone: --time-zone" : need + ": --" + need)));
    }

    private void upload(MediaUploads uploads, List<MediaUploads.Found> files) throws InterruptedException {
        if (files.isEmpty()) {
            return;
        }
        long all = files.stream().mapToLong(MediaUploads.Found::size).sum();
        try (var progress = Progress.of(spec, "uploading", "bytes", all)) {
            long before = 0;
            for (var each : files) {
                long begun = before;
                uploads.upload(each, sent -> progress.now(begun + sent));
                before += each.size();
            }
        }
        out().println(files.size() + " images and videos are in " + account);
    }

    private int follow(LaunchedJobs jobs, long wanted) throws InterruptedException {
        jobs.all().forEach(one -> out().println(line(one.job().jobId(), "launched", one.job().campaign())));
        try (var progress = Progress.of(spec, "launching", "ad sets and ads", wanted)) {
            for (var rested = jobs.look();; rested = jobs.look()) {
                rested.forEach(this::tell);
                progress.now(jobs.created());
                if (jobs.rest()) {
                    break;
                }
                Thread.sleep(LOOK_EVERY);
            }
        }
        long completed = jobs.all().stream().filter(LaunchedJobs.Standing::completed).count();
        out().println(completed + " of " + jobs.all().size() + " campaigns completed");
        return completed == jobs.all().size() ? 0 : 1;
    }

    private void tell(LaunchedJobs.Standing one) {
        var what = one.asking() ? "waits for a person: confirm or decline its rollback" : one.status();
        var campaign = one.facebookCampaignId() == null ? "" : ", campaign " + one.facebookCampaignId();
        var why = one.completed() || one.why() == null ? "" : ": " + one.why();
        out().println(line(one.job().jobId(), what, one.job().campaign() + ", " + one.adSets() + " ad sets, "
                + one.ads() + " ads" + campaign + why));
    }

    private static String line(String jobId, String what, String of) {
        return PlainText.oneLine(jobId + "  " + what + "  " + of);
    }
}
