package io.gendan.events;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Where the customer is, as far as intake could read it, without anything that names a person.
 *
 * @param divisions codes of GB/T 2260, two digits for a province and up to six for a county; every
 *     candidate when a name occurs more than once, none when nothing was recognised
 * @param mobilePrefix the first seven digits of a mobile number of mainland China
 * @param areaCode the area code of a landline, or the country code of a foreign number
 */
public record Region(
        List<String> divisions,
        @Nullable String mobilePrefix,
        @Nullable String areaCode,
        Evidence evidence) {}
