package io.campaignlauncher.standalone;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.FilterReply;
import io.campaignlauncher.standalone.LeakScanner.Leak;
import io.campaignlauncher.telemetry.EcsLogs;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.context.ApplicationListener;

/**
 * Hears every line that any logger of the process says at DEBUG or above, whatever levels are set, and keeps what must not have
 * been said. Only the loggers that the services themselves hold back stay silent. It hears on when a service that starts sets
 * logging up anew.
 */
final class LogEar implements AutoCloseable {

    private static final String OURS = "io.campaignlauncher";
    private static final AtomicReference<LogEar> EARS = new AtomicReference<>();

    private final BiFunction<String, String, Optional<Leak>> scanner;
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final StructuredLogEncoder ecs = new StructuredLogEncoder();
    private final Appender appender = new Appender();
    private final AtDebug atDebug = new AtDebug();
    private final List<Leak> leaks = new CopyOnWriteArrayList<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final LongAdder lines = new LongAdder();
    private final java.util.logging.Level julBefore;

    /** One that looks for trouble alone. */
    LogEar() {
        this((_, _) -> Optional.empty());
    }

    LogEar(LeakScanner scanner) {
        this(scanner::in);
    }

    private LogEar(BiFunction<String, String, Optional<Leak>> scanner) {
        this.scanner = scanner;
        ecs.setContext(context);
        ecs.setFormat("ecs");
        ecs.start();
        appender.setContext(context);
        julBefore = LogManager.getLogManager().getLogger("").getLevel();
        EARS.set(this);
        listen();
    }

    private void listen() {
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        if (!context.getTurboFilterList().contains(atDebug)) {
            context.addTurboFilter(atDebug);
        }
        LogManager.getLogManager().getLogger("").setLevel(java.util.logging.Level.FINE);
    }

    /** What was said at WARN or above and is shown as the services set their levels. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    List<Leak> leaks() {
        return List.copyOf(leaks);
    }

    /** How many lines it has heard. */
    long lines() {
        return lines.sum();
    }

    private final class Appender extends UnsynchronizedAppenderBase<ILoggingEvent> {

        @Override
        protected void append(ILoggingEvent line) {
            lines.increment();
            var text = new StringBuilder(line.getFormattedMessage()).append(' ').append(line.getThreadName())
                    .append(' ')
                    .append(line.getMDCPropertyMap()).append(' ').append(line.getKeyValuePairs());
            if (line.getThrowableProxy() != null) {
                text.append(' ').append(ThrowableProxyUtil.asString(line.getThrowableProxy()));
            }
            var where = line.getLevel() + " " + line.getLoggerName();
            scanner.apply(where, text.toString()).ifPresent(leaks::add);
            var shown = LogEar.this.context.getLogger(line.getLoggerName()).getEffectiveLevel();
            if (line.getLevel().isGreaterOrEqual(Level.WARN) && line.getLevel().isGreaterOrEqual(shown)) {
                troubles.add(where + " " + text);
            }
            if (line.getLoggerName().startsWith(OURS)) {
                scanner.apply(where + " as ECS", AllRecords.text(ecs.encode(line))).ifPresent(leaks::add);
            }
        }
    }

    /** Named in {@code META-INF/spring.factories}: a service that starts may set logging up anew, and does so before this. */
    static final class WhenAServiceStarts implements ApplicationListener<ApplicationPreparedEvent> {

        @Override
        public void onApplicationEvent(ApplicationPreparedEvent event) {
            var ear = EARS.get();
            if (ear != null) {
                ear.listen();
            }
        }
    }

    private static final class AtDebug extends TurboFilter {

        @Override
        public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] params,
                Throwable t) {
            var held = EcsLogs.HELD.stream().anyMatch(logger.getName()::startsWith);
            return !held && level.isGreaterOrEqual(Level.DEBUG) ? FilterReply.ACCEPT : FilterReply.NEUTRAL;
        }
    }

    @Override
    public void close() {
        EARS.set(null);
        context.getTurboFilterList().remove(atDebug);
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(appender);
        appender.stop();
        LogManager.getLogManager().getLogger("").setLevel(julBefore);
    }
}
