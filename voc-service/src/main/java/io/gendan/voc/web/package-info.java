@NullMarked
package io.gendan.voc.web;

import org.jspecify.annotations.NullMarked;
