package io.campaignlauncher.job.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class MergePatchTest {

    /** The cases of RFC 7396, appendix A, that are about objects. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "{'a':'b'} | {'a':'c'} | {'a':'c'}", "{'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}", "{'a':'b'} | {'a':null} | {}",
        "{'a':'b','b':'c'} | {'a':null} | {'b':'c'}", "{'a':['b']} | {'a':'c'} | {'a':'c'}",
        "{'a':'c'} | {'a':['b']} | {'a':['b']}", "{'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
        "{'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}", "{'e':null} | {'a':1} | {'a':1,'e':null}",
        "{} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}" })
    void changes_are_laid_over_the_object(String object, String changes, String expected) {
        var before = json(object);
        assertThat(MergePatch.apply(before, json(changes))).isEqualTo(json(expected));
        assertThat(before).as("is not changed itself").isEqualTo(json(object));
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) CanonicalJson.MAPPER.readTree(text.replace('\'', '"'));
    }
}
