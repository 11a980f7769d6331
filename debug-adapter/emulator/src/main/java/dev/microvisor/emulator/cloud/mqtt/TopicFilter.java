package dev.microvisor.emulator.cloud.mqtt;

import java.util.List;

/** Topic filters of MQTT: {@code +} stands for one level, {@code #} at the end for all below. */
final class TopicFilter {
    private static final String ONE_LEVEL = "+";
    private static final String ALL_LEVELS = "#";

    private TopicFilter() {}

    static boolean isValid(String filter) {
        List<String> levels = levels(filter);
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            boolean last = i == levels.size() - 1;
            boolean wild = level.contains(ONE_LEVEL) || level.contains(ALL_LEVELS);
            if (wild && !level.equals(ONE_LEVEL) && !(level.equals(ALL_LEVELS) && last)) {
                return false;
            }
        }
        return !filter.isEmpty();
    }

    static boolean matches(String filter, String topic) {
        List<String> wanted = levels(filter);
        List<String> given = levels(topic);
        // The standard keeps topics of the broker itself out of leading wildcards.
        if (topic.startsWith("$") && !wanted.get(0).equals(given.get(0))) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i).equals(ALL_LEVELS)) {
                return true;
            }
            if (i >= given.size()
                    || (!wanted.get(i).equals(ONE_LEVEL) && !wanted.get(i).equals(given.get(i)))) {
                return false;
            }
        }
        return wanted.size() == given.size();
    }

    private static List<String> levels(String topic) {
        return List.of(topic.split("/", -1));
    }
}
