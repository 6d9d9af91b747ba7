import 'digit-recognizer/define';

const recognizer = document.querySelector('digit-recognizer');
recognizer.addEventListener('change', () => {
  document.querySelector('#answer').textContent = recognizer.value;
});
