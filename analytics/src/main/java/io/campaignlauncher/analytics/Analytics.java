package io.campaignlauncher.analytics;

import io.campaignlauncher.frontdoor.ThisMachineOnly;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.ManagementPage;
import io.campaignlauncher.messaging.TopicReplication;
import io.campaignlauncher.schemas.KafkaNames;
import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * Prints the figures now and then until it is ended. Serves nothing unless it is given a port for its metrics. Exit codes: 0 for
 * done, 1 for something that could not be done, 2 for a command that was not understood.
 */
@Command(name = "campaign-analytics", description = "Keeps figures about launches from the topics, and prints them.")
public final class Analytics implements Callable<Integer> {

    private static final String ALL = "all";
    private static final Duration LOOK_PAUSE = Duration.ofMillis(100);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this.")
    private boolean help;

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT,...", defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS:-localhost:9092}", description = "Where Kafka is (default: $KAFKA_BOOTSTRAP_SERVERS, else localhost:9092).")
    private String bootstrapServers = "";

    @Option(names = "--command-config", paramLabel = "FILE", defaultValue = "${env:KAFKA_COMMAND_CONFIG:-"
            + Option.NULL_VALUE
            + "}", description = "Further Kafka client properties, e.g. how to log in (default: $KAFKA_COMMAND_CONFIG).")
    private @Nullable Path commandConfig;

    @Option(names = "--prefix", paramLabel = "PREFIX", defaultValue = "${env:KAFKA_PREFIX:-}", description = "What topics begin with there, the services' kafka.prefix (default: $KAFKA_PREFIX, else nothing).")
    private String prefix = "";

    @Option(names = "--every", paramLabel = "TIME", defaultValue = "10s", converter = Time.class, description = "How often the figures are printed (default: ${DEFAULT-VALUE}).")
    private Duration every = Duration.ZERO;

    @Option(names = "--history", paramLabel = "TIME|all", defaultValue = "25h", description = "How far back to begin, at least 24h (default: ${DEFAULT-VALUE}).")
    private String history = "";

    @Option(names = "--once", description = "Print the figures as soon as everything that is there has been read, and end.")
    private boolean once;

    @Option(names = "--metrics-port", paramLabel = "PORT", description = "Serve the figures for Prometheus at /actuator/prometheus (default: do not).")
    private @Nullable Integer metricsPort;

    @Option(names = "--metrics-address", paramLabel = "ADDRESS", defaultValue = "127.0.0.1", description = "Where to serve them (default: ${DEFAULT-VALUE}, this machine alone).")
    private String metricsAddress = "";

    private final CountDownLatch ended;

    private Analytics(CountDownLatch ended) {
        this.ended = ended;
    }

    public static void main(String[] arguments) {
        // By this name, so that it is this program's alone and nobody's who has this module on the classpath.
        System.setProperty("logback.configurationFile", "logback-analytics.xml");
        var ended = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ended.countDown();
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "stop"));
        var code = run(new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8), ended, arguments);
        done.countDown();
        System.exit(code);
    }

    /** @param ended ends it @return the exit code */
    static int run(PrintWriter out, PrintWriter err, CountDownLatch ended, String... arguments) {
        return new CommandLine(new Analytics(ended)).setOut(out).setErr(err)
                .setExecutionExceptionHandler((failure, command, _) -> {
                    command.getErr().println(failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        var settings = settings();
        var page = metricsPort == null ? null : page(metricsPort);
        if (page != null) {
            page.start();
            spec.commandLine().getErr().println(
                    "metrics at http://" + metricsAddress + ":" + page.port() + ManagementPage.METRICS);
        }
        try (var consumer = AnalyticsConsumer.start(
                KafkaSettings.of("analytics", bootstrapServers, names(), TopicReplication.OF_BROKER, properties()),
                settings, Metrics.globalRegistry, Clock.systemUTC())) {
            while (!consumer.progress().caughtUp()) {
                if (ended.await(LOOK_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return once ? 1 : 0;
                }
            }
            do {
                print(consumer);
            } while (!once && !ended.await(every.toMillis(), TimeUnit.MILLISECONDS));
            return 0;
        } finally {
            if (page != null) {
                page.stop();
            }
        }
    }

    private void print(AnalyticsConsumer consumer) {
        var out = spec.commandLine().getOut();
        out.println(Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS));
        out.println(FiguresTable.of(consumer.figures()));
        out.flush();
    }

    private KafkaNames names() {
        try {
            return new KafkaNames(prefix);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--prefix: " + e.getMessage());
        }
    }

    private AnalyticsSettings settings() {
        if (every.isZero() || every.isNegative()) {
            throw new ParameterException(spec.commandLine(), "--every is more than nothing");
        }
        try {
            return AnalyticsSettings.withHistory(history.equals(ALL) ? null : new Time().convert(history));
        } catch (IllegalArgumentException | TypeConversionException e) {
            throw new ParameterException(spec.commandLine(), "--history: " + e.getMessage());
        }
    }

    private ManagementPage page(int port) {
        try {
            ThisMachineOnly.require("--metrics-address", metricsAddress);
            return new ManagementPage(metricsAddress, port, Map.of());
        } catch (ThisMachineOnly e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--metrics-port: " + e.getMessage());
        }
    }

    private Map<String, String> properties() {
        var properties = new HashMap<String, String>();
        if (commandConfig != null) {
            var read = new Properties();
            try (var reader = Files.newBufferedReader(commandConfig)) {
                read.load(reader);
            } catch (IOException e) {
                throw new ParameterException(spec.commandLine(), "cannot read " + commandConfig);
            }
            read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
        }
        return properties;
    }

    /** 30s, 10m, 25h, 7d. */
    static final class Time implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            try {
                var unit = switch (text.charAt(text.length() - 1)) {
                    case 's' -> ChronoUnit.SECONDS;
                    case 'm' -> ChronoUnit.MINUTES;
                    case 'h' -> ChronoUnit.HOURS;
                    case 'd' -> ChronoUnit.DAYS;
                    default -> throw new TypeConversionException("a time is like 30s, 10m, 25h or 7d, not " + text);
                };
                return Duration.of(Long.parseLong(text.substring(0, text.length() - 1)), unit);
            } catch (NumberFormatException | StringIndexOutOfBoundsException | ArithmeticException e) {
                throw new TypeConversionException("a time is like 30s, 10m, 25h or 7d, not " + text);
            }
        }
    }
}
