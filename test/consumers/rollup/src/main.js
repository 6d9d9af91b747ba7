import { recognize } from 'digit-recognizer';

globalThis.readDigit = async (strokes) => (await recognize(strokes)).digit;
