package dev.microvisor.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each mistake that a file can hold, made in the real files by one replacement. */
class CatalogReaderTest {
    /** Reads all files with {@code old} replaced in one of them, and expects this complaint. */
    private static void check(Group group, String old, String replacement, String complaint)
            throws IOException {
        Map<Group, String> files = new EnumMap<>(Group.class);
        for (Group each : Group.values()) {
            files.put(each, bundled(each));
        }
        assertThat(files.get(group)).contains(old);
        int at = files.get(group).indexOf(old);
        String text = files.get(group);
        files.put(group, text.substring(0, at) + replacement + text.substring(at + old.length()));
        assertThatThrownBy(() -> read(files))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining(complaint);
    }

    private static String bundled(Group group) throws IOException {
        try (InputStream stream =
                CatalogReader.class.getResourceAsStream(CatalogReader.fileName(group))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Catalog read(Map<Group, String> files) throws IOException {
        CatalogReader reader = new CatalogReader();
        for (Map.Entry<Group, String> file : files.entrySet()) {
            reader.read(file.getKey(), new StringReader(file.getValue()));
        }
        return reader.finish();
    }

    @Test
    void brokenJsonNamesTheFile() throws IOException {
        check(Group.HTTP, "\"calls\": [", "\"calls\": [,", "catalog http.json: not JSON");
    }

    @Test
    void aFieldStatedTwiceIsRejected() throws IOException {
        check(
                Group.HTTP,
                "\"slot\": 32,",
                "\"slot\": 32, \"slot\": 33,",
                "field 'slot' is stated twice");
    }

    @Test
    void deepNestingIsRejected() throws IOException {
        check(Group.TEST, "\"calls\": [", "\"calls\": [" + "[".repeat(40), "nested deeper than");
    }

    @Test
    void anUnknownFieldIsRejected() throws IOException {
        check(
                Group.HTTP,
                "\"tier\"",
                "\"teir\": \"x\", \"tier\"",
                "http.json/mvSendHttpRequest: unknown field 'teir'");
    }

    @Test
    void aMissingFieldIsRejected() throws IOException {
        check(
                Group.HTTP,
                "\"slot\": 32,",
                "",
                "http.json/mvSendHttpRequest: field 'slot' is missing");
    }

    @Test
    void anEmptyTextIsRejected() throws IOException {
        check(
                Group.TEST,
                "\"Sends a message to the provisioning console.\"",
                "\" \"",
                "mvTestLog: field 'summary' is empty");
    }

    @Test
    void aFileOfAnotherGroupIsRejected() throws IOException {
        check(Group.HTTP, "\"group\": \"HTTP\"", "\"group\": \"MQTT\"", "but says MQTT");
    }

    @Test
    void aValueOutsideItsListIsRejected() throws IOException {
        check(Group.HTTP, "MUST_CHECK", "MAYBE", "'tier' is 'MAYBE', not one of [MUST_CHECK");
    }

    @Test
    void aTextWhereANumberBelongsIsRejected() throws IOException {
        check(Group.HTTP, "\"slot\": 32", "\"slot\": \"32\"", "'slot' is no whole number: 32");
    }

    @Test
    void aFractionIsRejected() throws IOException {
        check(Group.HTTP, "\"slot\": 32", "\"slot\": 32.5", "catalog http.json: not JSON");
    }

    @Test
    void aSlotBeyondTheTableIsRejected() throws IOException {
        check(Group.HTTP, "\"slot\": 32", "\"slot\": 74", "'slot' is 74, not within 0 and 73");
    }

    @Test
    void aSlotUsedTwiceIsRejected() throws IOException {
        check(Group.HTTP, "\"slot\": 32", "\"slot\": 33", "slot 33 is taken");
    }

    @Test
    void aCallStatedTwiceIsRejected() throws IOException {
        check(
                Group.TEST,
                "\"name\": \"mvTestLog\"",
                "\"name\": \"mvTestingComplete\"",
                "test.json/calls/mvTestingComplete: stated twice");
    }

    @Test
    void anUnknownStatusIsRejected() throws IOException {
        check(
                Group.HTTP,
                "MV_STATUS_LATEFAULT",
                "MV_STATUS_TOOLATE",
                "http.json/calls/mvSendHttpRequest/MV_STATUS_TOOLATE: unknown status");
    }

    @Test
    void anUnknownNotificationIsRejected() throws IOException {
        check(
                Group.HTTP,
                "\"notifications\": [\"MV_EVENTTYPE_CHANNELDATAREADABLE\"",
                "\"notifications\": [\"MV_EVENTTYPE_PIGEON\"",
                "unknown notification 'MV_EVENTTYPE_PIGEON'");
    }

    @Test
    void anUnknownStructureIsRejected() throws IOException {
        check(
                Group.HTTP,
                "\"const struct MvHttpRequest *\"",
                "\"const struct MvHtpRequest *\"",
                "mvSendHttpRequest/request: unknown structure 'MvHtpRequest'");
    }

    @Test
    void anUnknownScalarIsRejected() throws IOException {
        check(Group.LOGGING, "\"uint16_t\"", "\"short\"", "unknown type short");
    }

    @Test
    void anOffsetThatOverlapsIsRejected() throws IOException {
        check(Group.HTTP, "\"offset\": 8,", "\"offset\": 4,", "url: overlaps the field before it");
    }

    @Test
    void anOffsetThatIsNotAlignedIsRejected() throws IOException {
        check(Group.HTTP, "\"offset\": 24,", "\"offset\": 25,", "body: offset 25 is not aligned");
    }

    @Test
    void aFieldSizeThatContradictsItsTypeIsRejected() throws IOException {
        check(Group.HTTP, "\"sizeBytes\": 4,", "\"sizeBytes\": 2,", "but uint32_t has 4");
    }

    @Test
    void fieldsBeyondTheStructureAreRejected() throws IOException {
        check(Group.HTTP, "\"sizeBytes\": 36", "\"sizeBytes\": 32", "beyond the size");
    }

    @Test
    void anEnumerationOfOddWidthIsRejected() throws IOException {
        check(Group.HTTP, "\"widthBytes\": 4", "\"widthBytes\": 2", "width 2 is neither 1 nor 4");
    }

    @Test
    void aConstantTooLargeForItsWidthIsRejected() throws IOException {
        check(Group.WIFI, "\"value\": 1,", "\"value\": 255,", "255 does not fit the width");
    }

    @Test
    void twoConstantsOfOneValueAreRejected() throws IOException {
        check(Group.WIFI, "\"value\": 1,", "\"value\": 0,", "value 0 is taken");
    }

    @Test
    void anUnknownConstraintIsRejected() throws IOException {
        check(Group.HTTP, "\"nonnull\"", "\"not-null\"", "unknown constraint 'not-null'");
    }

    @Test
    void anAlignmentThatIsNoPowerOfTwoIsRejected() throws IOException {
        check(Group.LOGGING, "\"bytes\": 512", "\"bytes\": 500", "is no power of two: 500");
    }

    @Test
    void aRangeUpsideDownIsRejected() throws IOException {
        check(Group.HTTP, "\"min\": 5000", "\"min\": 50000", "'min' is above 'max'");
    }

    @Test
    void aLengthOfNothingIsRejected() throws IOException {
        check(Group.HTTP, "\"of\": \"headers\"", "\"of\": \"heads\"", "length-of names 'heads'");
    }

    @Test
    void aConditionOnSomethingElseIsRejected() throws IOException {
        check(
                Group.CHANNELS,
                "v1.channel_type == MV_CHANNELTYPE_HTTP",
                "v1.channel_type == MV_CLOSUREREASON_NONE",
                "compares with 'MV_CLOSUREREASON_NONE'");
        check(
                Group.CHANNELS,
                "v1.channel_type == MV_CHANNELTYPE_HTTP",
                "v1.channel_type is MV_CHANNELTYPE_HTTP",
                "is not 'field == CONSTANT'");
    }

    @Test
    void anUnknownEnumerationInAConstraintIsRejected() throws IOException {
        check(
                Group.CHANNELS,
                "\"enum\": \"MvChannelType\"",
                "\"enum\": \"MvChanelType\"",
                "unknown enumeration 'MvChanelType'");
    }

    @Test
    void anUnknownEffectIsRejected() throws IOException {
        check(Group.HTTP, "\"does\": \"uses\"", "\"does\": \"eats\"", "unknown effect 'eats'");
    }

    @Test
    void aPlaceThatDoesNotExistIsRejected() throws IOException {
        check(
                Group.CHANNELS,
                "\"place\": \"params.v1.send_buffer\"",
                "\"place\": \"params.v1.sent_buffer\"",
                "MvOpenChannelParams has no v1.sent_buffer");
        check(
                Group.HTTP,
                "\"place\": \"handle\"",
                "\"place\": \"handel\"",
                "mvSendHttpRequest/handel: no parameter handel");
    }

    @Test
    void anUnknownResourceIsRejected() throws IOException {
        check(
                Group.HTTP,
                "\"resource\": \"channel\"",
                "\"resource\": \"tunnel\"",
                "unknown resource 'tunnel'");
    }

    @Test
    void aHandleOfAnotherResourceIsRejected() throws IOException {
        check(
                Group.HTTP,
                "\"resource\": \"channel\"",
                "\"resource\": \"network\"",
                "is no MvNetworkHandle but MvChannelHandle");
    }

    @Test
    void anUnknownStateIsRejected() throws IOException {
        check(
                Group.HTTP,
                "\"states\": [\"open\"]",
                "\"states\": [\"ajar\"]",
                "'ajar' is no state of channel");
    }

    @Test
    void anEffectOnAStatusThatTheCallDoesNotListIsRejected() throws IOException {
        check(
                Group.HTTP,
                "\"statuses\": [\"MV_STATUS_LATEFAULT\"]",
                "\"statuses\": [\"MV_STATUS_TIMENOTSET\"]",
                "which the call does not list");
    }

    @Test
    void aRequiredCallThatDoesNotExistIsRejected() throws IOException {
        check(
                Group.LOGGING,
                "\"call\": \"mvServerLoggingInit\"",
                "\"call\": \"mvServerLoginInit\"",
                "requires the unknown call 'mvServerLoginInit'");
    }

    @Test
    void anAliasOfNothingIsRejected() throws IOException {
        check(
                Group.CONFIG_FETCH,
                "\"canonical\": \"MV_CONFIGKEYFETCHSTORE_CONFIG\"",
                "\"canonical\": \"MV_CONFIGKEYFETCHSTORE_CONF\"",
                "nothing is called 'MV_CONFIGKEYFETCHSTORE_CONF'");
    }

    @Test
    void writingThroughConstIsRejected() throws IOException {
        check(
                Group.HTTP,
                "\"type\": \"struct MvHttpResponseData *\"",
                "\"type\": \"const struct MvHttpResponseData *\"",
                "a const pointer cannot be written through");
    }
}
