package io.campaignlauncher.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.rights.KafkaRights;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShowAclsTest {

    private static final String BEGIN = "<!-- acls: begin -->\n";
    private static final String END = "<!-- acls: end -->";

    private record Ran(int code, String out, String err) {}

    @Test
    void prints_the_table_that_operators_find_in_the_documentation() throws Exception {
        var page = Files.readString(Path.of("../docs/operations.md"));
        var printed = run().out();
        assertThat(page).contains(BEGIN, END);
        assertThat(printed.lines()).hasSize(KafkaRights.all().size() + 2);
        assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END))).isEqualTo(printed);
    }

    @Test
    void prints_a_command_for_each_row() {
        var printed = run("--format=commands");
        assertThat(printed.code()).isZero();
        assertThat(printed.out().lines()).hasSameSizeAs(KafkaRights.all())
                .allSatisfy(line -> assertThat(line).startsWith("kafka-acls.sh --bootstrap-server ")
                        .contains(" --add --allow-principal 'User:", " --operation "))
                .contains(
                        command("--allow-principal 'User:app' --operation Write --topic campaign.commands"),
                        command("--allow-principal 'User:app' --operation Read --resource-pattern-type prefixed"
                                + " --group app-"),
                        command("--allow-principal 'User:creator-service' --operation Read --operation AlterConfigs"
                                + " --group creator-service"),
                        command("--allow-principal 'User:creator-service' --operation DescribeConfigs --cluster"),
                        command("--allow-principal 'User:tools' --operation Write --resource-pattern-type prefixed"
                                + " --transactional-id redrive-"));
    }

    @Test
    void calls_a_program_as_it_is_called_in_that_kafka_whatever_is_in_its_name() {
        var printed = run("--format=commands", "--principal", "app=User:CN=Ann's shop,O=Shops", "--principal",
                "job-service=User:jobs");
        assertThat(printed.out().lines()).anyMatch(line -> line.contains("--allow-principal 'User:jobs' "))
                .anyMatch(line -> line.contains("--allow-principal 'User:CN=Ann'\\''s shop,O=Shops' "))
                .noneMatch(line -> line.contains("User:app") || line.contains("User:job-service"));
    }

    @Test
    void names_what_an_installation_with_a_prefix_has_on_a_kafka_that_others_share() {
        var commands = run("--format=commands", "--prefix=eu-");
        assertThat(commands.out().lines()).contains(
                command("--allow-principal 'User:app' --operation Write --topic eu-campaign.commands"),
                command("--allow-principal 'User:app' --operation Read --resource-pattern-type prefixed"
                        + " --group eu-app-"),
                command("--allow-principal 'User:creator-service' --operation Describe --operation DescribeConfigs"
                        + " --topic __share_group_state"),
                command("--allow-principal 'User:tools' --operation Write --resource-pattern-type prefixed"
                        + " --transactional-id eu-redrive-"));
        assertThat(run("--prefix=eu-").out().lines())
                .anyMatch(line -> line.contains("every topic and its `.dlt` (`eu-…`)"))
                .anyMatch(line -> line.contains("groups `eu-job-service-requests`"));
        var wrong = run("--prefix=eu");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("--prefix").contains("a prefix of names on Kafka is words");
    }

    @Test
    void says_which_program_or_principal_it_does_not_know() {
        var unknown = run("--principal", "shop=User:shop");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("--principal: no program is called shop; there are job-service, ");
        var noPrincipal = run("--principal", "app=shop");
        assertThat(noPrincipal.code()).isEqualTo(2);
        assertThat(noPrincipal.err()).contains("--principal: app: a principal is written as in User:shop, not shop");
    }

    private static String command(String rest) {
        return "kafka-acls.sh --bootstrap-server \"$KAFKA_BOOTSTRAP_SERVERS\" --command-config"
                + " \"$KAFKA_COMMAND_CONFIG\" --add " + rest;
    }

    private static Ran run(String... options) {
        var out = new StringWriter();
        var err = new StringWriter();
        var args = new String[options.length + 1];
        args[0] = "acls";
        System.arraycopy(options, 0, args, 1, options.length);
        var code = Tools.run(Map.of(), new PrintWriter(out), new PrintWriter(err), args);
        return new Ran(code, out.toString(), err.toString());
    }
}
