package io.campaignlauncher.architecture;

import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Every setting that a record with {@link ConfigurationProperties} of this house holds, with what its sources say of it. */
final class SettingsRecords {

    static final Path HOUSE = Path.of("../../..");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern TAG = Pattern.compile("\\{@(?:code|link|value)\\s+([^}]*)}");

    /**
     * A setting as one record has it.
     *
     * @param name         as it is written in settings; of a map, with {@code .*}
     * @param defaultValue as it is written in settings; empty: none
     * @param type         the simple name of its Java type
     * @param sentence     what it is
     * @param holder       the record that is bound to it
     */
    record Setting(String name, String defaultValue, String type, String sentence, Class<?> holder) {}

    private final Map<String, String> sentences = new HashMap<>();
    private final List<Setting> settings = new ArrayList<>();

    private SettingsRecords() {}

    static List<Setting> all() throws IOException, ReflectiveOperationException {
        var found = new SettingsRecords();
        for (var source : sources().toList()) {
            var text = Files.readString(source);
            if (text.contains("@ConfigurationProperties(\"")) {
                found.read(source, text);
            }
        }
        return List.copyOf(found.settings);
    }

    /** Main code of what runs: what only tries it out reads arguments of its own. */
    static Stream<Path> sources() throws IOException {
        try (var files = Files.walk(HOUSE)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/java/"))
                    .filter(file -> !file.startsWith(HOUSE.resolve("infra/proof")))
                    .sorted().toList().stream();
        }
    }

    private void read(Path source, String text) throws IOException, ReflectiveOperationException {
        comments(source);
        var matcher = PACKAGE.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no package in " + source);
        }
        var name = source.getFileName().toString().replace(".java", "");
        var outer = Class.forName(matcher.group(1) + "." + name);
        for (var type : Stream.concat(Stream.of(outer), Arrays.stream(outer.getDeclaredClasses())).toList()) {
            var annotation = type.getAnnotation(ConfigurationProperties.class);
            if (annotation != null) {
                add(annotation.value(), type, type);
            }
        }
    }

    private void add(String prefix, Class<?> type, Class<?> holder) {
        for (var component : type.getRecordComponents()) {
            var name = prefix + "." + dashed(component.getName());
            if (component.getType().isRecord()) {
                add(name, component.getType(), holder);
            } else {
                var sentence = sentences.get(type.getSimpleName() + "." + component.getName());
                settings.add(new Setting(Map.class.isAssignableFrom(component.getType()) ? name + ".*" : name,
                        defaultOf(type, component), component.getType().getSimpleName(),
                        Objects.requireNonNullElse(sentence, ""), holder));
            }
        }
    }

    private static String defaultOf(Class<?> type, RecordComponent component) {
        // An annotation of this kind stands at the constructor's parameter, not at the component.
        var constructor = type.getDeclaredConstructors()[0];
        for (var parameter : constructor.getParameters()) {
            var value = parameter.getAnnotation(DefaultValue.class);
            if (parameter.getName().equals(component.getName()) && value != null) {
                return String.join(",", value.value());
            }
        }
        return "";
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private void comments(Path source) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
                    files.getJavaFileObjects(source));
            var docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new TreePathScanner<Void, Void>() {

                    @Override
                    public Void visitClass(ClassTree tree, Void nothing) {
                        var comment = docs.getDocCommentTree(getCurrentPath());
                        if (comment != null) {
                            comment.getBlockTags().stream().filter(ParamTree.class::isInstance)
                                    .map(ParamTree.class::cast)
                                    .forEach(param -> sentences.put(tree.getSimpleName() + "." + param.getName(),
                                            plain(param)));
                        }
                        return super.visitClass(tree, nothing);
                    }
                }.scan(unit, null);
            }
        }
    }

    private static String plain(ParamTree param) {
        var text = param.getDescription().stream().map(Object::toString).collect(Collectors.joining());
        return TAG.matcher(text.replaceAll("\\s+", " ").strip()).replaceAll("`$1`").replace("|", "\\|");
    }
}
