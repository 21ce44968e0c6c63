package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.ADVERTISER;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.access.model.RouteRule;
import io.campaignlauncher.console.http.FormWithFile.Upload;
import io.campaignlauncher.console.model.Launches;
import io.campaignlauncher.console.model.MediaList;
import io.campaignlauncher.console.model.Problem;
import io.campaignlauncher.console.model.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Images and videos of ad accounts: what is there, and more of them. A form brings one image; a script brings many, and videos in parts, and goes
 * on where it was cut off. All of it passes through to the job-service.
 */
final class MediaPages implements Area {

    static final String ADDRESS = "/console/media";
    private static final String VIDEOS = ADDRESS + "/videos";
    private static final String VIDEO = VIDEOS + "/{adAccountId}/{sha256}";
    private static final String ROWS = "50";
    private static final long IMAGE_BYTES_MAX = 30L * 1024 * 1024;
    private static final long PART_BYTES_MAX = 16L * 1024 * 1024;
    private static final String CREDENTIAL = "credentialId";
    private static final String ACCOUNT = "adAccountId";

    private final Asked jobs;
    private final Pages pages;
    private final FileForms forms;
    private final LaunchChoices choices;

    MediaPages(Asked jobs, Pages pages, FileForms forms, LaunchChoices choices) {
        this.jobs = jobs;
        this.pages = pages;
        this.forms = forms;
        this.choices = choices;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(launchers("GET", ADDRESS), pages.page(this::list)),
                new Route(launchers("POST", ADDRESS + "/images"), pages.page(this::sent)),
                new Route(launchers("POST", ADDRESS + "/images/raw"), script(this::image)),
                new Route(launchers("POST", VIDEOS), script(this::begin)),
                new Route(launchers("GET", VIDEO), script(this::where)),
                new Route(launchers("POST", VIDEO), script(this::part)));
    }

    private static RouteRule launchers(String method, String path) {
        return people(method, path, ADVERTISER, ADMIN, SUPER_ADMIN);
    }

    private Mono<Void> list(ServerRequest request) {
        var account = Given.in(request, ACCOUNT);
        var after = Given.in(request, "after");
        var query = new LinkedHashMap<>(Map.of("limit", ROWS));
        if (!account.isEmpty()) {
            query.put(ACCOUNT, account);
        }
        if (!after.isEmpty()) {
            query.put("after", after);
        }
        return jobs.get("/v1/media", query).map(answer -> MediaList.of(answer, account, after))
                .flatMap(media -> choices.of(account)
                        .flatMap(offered -> pages.write(request.exchange(), "media.jte", "Images and videos",
                                Section.NEW, Map.of("media", media, "choices", offered, "sent",
                                        Given.in(request, "sent"), CREDENTIAL, Given.in(request, CREDENTIAL)))));
    }

    /** From a form, without a script. */
    private Mono<Void> sent(ServerRequest request) {
        return forms.<JsonNode>read(request, form -> {
            var name = form.text("name").isEmpty() ? form.fileName() : form.text("name");
            return image(form.text(ACCOUNT), form.text(CREDENTIAL), name, form.text("upload"),
                    form.file().atMost(IMAGE_BYTES_MAX))
                    .map(answer -> back(form, name));
        }).flatMap(back -> Pages.lead(request.exchange(), UriComponentsBuilder
                .fromPath(Launches.text(back, "path")).queryParam(ACCOUNT, "{account}")
                .queryParam(CREDENTIAL, "{credential}").queryParam("sent", "{sent}").encode()
                .buildAndExpand(Launches.text(back, ACCOUNT), Launches.text(back, CREDENTIAL),
                        Launches.text(back, "sent"))
                .toUri()));
    }

    /** Whoever sends an image that a file names goes on with the file. */
    private static ObjectNode back(FormWithFile form, String name) {
        return JsonMapper.shared().createObjectNode()
                .put("path", form.text("upload").isEmpty() ? ADDRESS : FilePages.ADDRESS)
                .put(ACCOUNT, form.text(ACCOUNT)).put(CREDENTIAL, form.text(CREDENTIAL)).put("sent", name);
    }

    private Mono<JsonNode> image(ServerRequest request) {
        return body(request, IMAGE_BYTES_MAX, file -> image(Given.in(request, ACCOUNT), Given.in(request, CREDENTIAL),
                Given.in(request, "name"), Given.in(request, "upload"), file));
    }

    private Mono<JsonNode> image(String account, String credential, String name, String upload, Upload file) {
        var query = new LinkedHashMap<>(Map.of(ACCOUNT, account, CREDENTIAL, credential, "name", name));
        if (!upload.isEmpty()) {
            query.put("upload", upload);
        }
        return jobs.upload(Call.of(HttpMethod.POST, "/v1/media/images", null).asking(query), file)
                .map(MediaPages::requireTaken);
    }

    /** Of one account: where it has none, there is none. */
    private static JsonNode requireTaken(JsonNode answer) {
        var error = answer.path("accounts").path(0).path("error");
        if (error.isObject()) {
            throw new ServiceProblem(Problem.here(422, "Facebook did not take the image",
                    Launches.text(error, "message")), null);
        }
        return answer;
    }

    private Mono<JsonNode> begin(ServerRequest request) {
        return request.bodyToMono(JsonNode.class)
                .flatMap(body -> jobs.send(Call.of(HttpMethod.POST, "/v1/media/videos", body)));
    }

    private Mono<JsonNode> where(ServerRequest request) {
        return jobs.get("/v1/media/videos/{adAccountId}/{sha256}", Map.of(), request.pathVariable(ACCOUNT),
                request.pathVariable("sha256"));
    }

    private Mono<JsonNode> part(ServerRequest request) {
        return body(request, PART_BYTES_MAX, part -> jobs.upload(Call.of(HttpMethod.PUT,
                "/v1/media/videos/{adAccountId}/{sha256}", null, request.pathVariable(ACCOUNT),
                request.pathVariable("sha256"))
                .asking(Map.of("offset", Given.in(request, "offset"), CREDENTIAL, Given.in(request, CREDENTIAL))),
                part));
    }

    private static Mono<JsonNode> body(ServerRequest request, long bytesMax, Function<Upload, Mono<JsonNode>> then) {
        return then.apply(new Upload(request.headers().contentLength().orElse(0),
                request.exchange().getRequest().getBody()).atMost(bytesMax));
    }

    /** For the script of our pages: what a service says, as it says it. */
    private static HandlerFunction<ServerResponse> script(Function<ServerRequest, Mono<JsonNode>> asked) {
        return request -> Mono.defer(() -> asked.apply(request))
                .flatMap(answer -> ServerResponse.ok().bodyValue(answer))
                .onErrorResume(ServiceProblem.class, MediaPages::problem);
    }

    private static Mono<ServerResponse> problem(ServiceProblem error) {
        var problem = error.problem();
        var answer = ServerResponse.status(HttpStatusCode.valueOf(problem.status()));
        if (error.retryAfter() != null) {
            answer.header("Retry-After", error.retryAfter());
        }
        var mistakes = problem.mistakes().stream().map(one -> one.field() + " " + one.message())
                .collect(Collectors.joining("; "));
        return answer
                .bodyValue(Map.of("sentence", (problem.title() + ". " + problem.detail() + " " + mistakes).strip()));
    }
}
