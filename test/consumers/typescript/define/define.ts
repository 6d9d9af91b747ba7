import 'digit-recognizer/define';

const recognizer = document.querySelector('digit-recognizer')!;
recognizer.addEventListener('digit-recognition', ({ recognition }) => {
  console.log(recognition?.digit, recognizer.value);
});
